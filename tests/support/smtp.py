"""Mailserver: a real SMTP server on loopback for tests."""

import email
import email.policy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope, Session


@dataclass
class Desk:
    """Handler of the SMTP server: keeps envelopes, refuses where it is told to.

    ``answers`` maps a stage (``MAIL``, ``RCPT``, ``DATA``) to the reply it gives there.
    """

    answers: dict[str, str] = field(default_factory=dict)
    envelopes: list[Envelope] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    signed_in: list[bool] = field(default_factory=list)

    async def handle_MAIL(self, _server, _session, envelope, address, _options):  # noqa: N802
        envelope.mail_from = address
        return self.answers.get("MAIL", "250 OK")

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        if "RCPT" not in self.answers:
            envelope.rcpt_tos.append(address)
        return self.answers.get("RCPT", "250 OK")

    async def handle_DATA(self, _server, session: Session, envelope: Envelope):  # noqa: N802
        if "DATA" not in self.answers:
            self.envelopes.append(envelope)
            self.encrypted.append(session.ssl is not None)
            self.signed_in.append(session.authenticated)
        return self.answers.get("DATA", "250 OK")

    def mails(self) -> list[EmailMessage]:
        """Read what arrived; of two with one Message-ID, a mailbox shows the later."""
        mails = [parsed(envelope.content) for envelope in self.envelopes]
        return list({mail["Message-ID"]: mail for mail in mails}.values())


def parsed(content: bytes) -> EmailMessage:
    """Read a mail as a mail program does."""
    return email.message_from_bytes(content, policy=email.policy.default)


@contextmanager
def running_smtp(desk: Desk, **options: Any) -> Iterator[int]:
    """Let ``desk`` receive mails; yields the port. ``options`` are those of aiosmtpd's SMTP."""
    server = _Server(desk, hostname="127.0.0.1", port=0, server_hostname="mail.example", **options)
    server.start()
    try:
        yield server.port
    finally:
        server.stop()


class _Server(Controller):
    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()
