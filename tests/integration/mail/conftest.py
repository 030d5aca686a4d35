"""Mail systems under test: a real SMTP server on loopback, a folder, memory."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage

import pytest

from app.connectors.folder_mail import FolderMail
from app.connectors.mail import Mail
from app.connectors.mail_format import compose
from app.connectors.memory_mail import MemoryMail
from app.connectors.smtp_mail import SmtpMail
from tests.support.smtp import Desk, parsed, running_smtp

SENDER = "Bürgerservice Musterstadt <post@musterstadt.example>"


@dataclass
class Sending:
    """One mail system and how to see what it delivered."""

    mail: Mail
    delivered: Callable[[], list[EmailMessage]]


@pytest.fixture
def desk() -> Desk:
    """The handler of the SMTP server."""
    return Desk()


@pytest.fixture
def smtp_port(desk) -> Iterator[int]:
    """The port of a running SMTP server without encryption."""
    with running_smtp(desk) as port:
        yield port


@pytest.fixture(params=["smtp", "folder", "memory"])
def sending(request, tmp_path) -> Sending:
    """Each mail system in turn."""
    if request.param == "smtp":
        mail = SmtpMail("127.0.0.1", request.getfixturevalue("smtp_port"), SENDER)
        return Sending(mail, request.getfixturevalue("desk").mails)
    if request.param == "folder":
        folder = tmp_path / "mail"
        return Sending(
            FolderMail(folder, SENDER),
            lambda: [parsed(path.read_bytes()) for path in folder.glob("*")],
        )
    memory = MemoryMail()
    return Sending(
        memory, lambda: [parsed(compose(sent, SENDER).as_bytes()) for sent in memory.sent]
    )
