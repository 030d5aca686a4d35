"""Each address chooses the part it names; an unknown one is an error, never a fallback."""

import pytest

from app.config import ConfigMissing
from app.connectors.clamd_scanner import ClamdScanner
from app.connectors.folder_mail import FolderMail
from app.connectors.memory_jobs import MemoryJobs
from app.connectors.memory_mail import MemoryMail
from app.connectors.memory_scanner import MemoryScanner
from app.connectors.procrastinate_jobs import ProcrastinateJobs
from app.connectors.smtp_mail import SmtpMail
from app.wiring import connect_documents, connect_jobs, connect_mail, connect_scanner
from storage.local_documents import LocalDocuments
from storage.memory_documents import MemoryDocuments
from storage.minio_documents import MinioDocuments

SENDER = "Stadt <post@stadt.example>"


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("file:var/documents", LocalDocuments),
        ("memory:", MemoryDocuments),
        ("s3+https://key:geheim%2F1@minio.stadt.example:9000/antragswerk", MinioDocuments),
        ("s3+http://key:geheim@127.0.0.1:9000/antragswerk?region=eu-central-1", MinioDocuments),
    ],
)
def test_an_address_chooses_the_store(address, kind):
    assert type(connect_documents(address)) is kind


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("smtp://mail.stadt.example:25", SmtpMail),
        ("smtp+starttls://user:pass@mail.stadt.example:587", SmtpMail),
        ("folder:var/mail", FolderMail),
        ("memory:", MemoryMail),
    ],
)
def test_an_address_chooses_the_mail_system(address, kind):
    assert type(connect_mail(address, SENDER)) is kind


@pytest.mark.parametrize(
    ("address", "kind"), [("procrastinate:", ProcrastinateJobs), ("memory:", MemoryJobs)]
)
def test_an_address_chooses_the_queue(address, kind):
    assert type(connect_jobs(address)) is kind


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("clamd://scanner.stadt.example:3311", ("scanner.stadt.example", 3311)),
        ("clamd://scanner.stadt.example", ("scanner.stadt.example", 3310)),
        ("clamd:/run/clamav/clamd.ctl", "/run/clamav/clamd.ctl"),
    ],
)
def test_an_address_chooses_the_scanner(address, place):
    assert connect_scanner(address) == ClamdScanner(place)


def test_no_scanner_must_be_asked_for():
    assert connect_scanner("none:") is None
    assert type(connect_scanner("memory:")) is MemoryScanner
    for address in ("", "none", "clamd:", "clamd:clamd.sock", "clamd://"):
        with pytest.raises(ConfigMissing, match="SCANNER_URL"):
            connect_scanner(address)


@pytest.mark.parametrize("address", ["", "gopher://x", "s3://x/y", "procrastinate"])
def test_an_unknown_address_is_an_error(address):
    for choose in (connect_documents, connect_jobs, lambda text: connect_mail(text, SENDER)):
        with pytest.raises(ConfigMissing, match="_URL"):
            choose(address)
