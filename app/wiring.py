"""Wiring: the outside parts, chosen once from the configuration and handed on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from app.bundles.catalogue import Catalogue
from app.config import Config, ConfigMissing
from app.connectors.clamd_scanner import ClamdScanner
from app.connectors.folder_mail import FolderMail
from app.connectors.jobs import JobQueue
from app.connectors.mail import Mail
from app.connectors.memory_jobs import MemoryJobs
from app.connectors.memory_mail import MemoryMail
from app.connectors.memory_scanner import MemoryScanner
from app.connectors.oidc_sign_in import OidcSignIn
from app.connectors.procrastinate_jobs import ProcrastinateJobs
from app.connectors.scanner import Scanner
from app.connectors.sign_in import SignInProvider
from app.connectors.smtp_mail import SmtpMail
from app.engine.engine import Engine
from storage.documents import DocumentStore
from storage.local_documents import LocalDocuments
from storage.memory_documents import MemoryDocuments
from storage.minio_documents import MinioDocuments


def utc_now() -> datetime:
    """Tell the time, aware and in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Parts:
    """What use cases and views work with; tests hand in their own.

    ``scanner`` is None where an operator asked for no virus scanner.
    """

    config: Config
    engine: Engine
    catalogue: Catalogue
    documents: DocumentStore
    mail: Mail
    jobs: JobQueue
    scanner: Scanner | None
    sign_in: SignInProvider
    clock: Callable[[], datetime]


def connect(config: Config) -> Parts:
    """Choose the parts that ``config`` names; opens no connection yet.

    :raises ConfigMissing: an address names a kind that does not exist.
    """
    engine = Engine()
    return Parts(
        config=config,
        engine=engine,
        catalogue=Catalogue(engine),
        documents=connect_documents(config.documents_url),
        mail=connect_mail(config.mail_url, config.mail_from),
        jobs=connect_jobs(config.jobs_url),
        scanner=connect_scanner(config.scanner_url),
        sign_in=OidcSignIn(
            issuer=config.oidc_issuer,
            client_id=config.oidc_client_id,
            client_secret=config.oidc_client_secret,
            api_audience=config.oidc_api_audience,
        ),
        clock=utc_now,
    )


def connect_documents(address: str) -> DocumentStore:
    """Choose the store: ``file:<folder>``, ``s3+https://key:secret@host/bucket`` or ``memory:``.

    An S3 address may end in ``?region=eu-central-1``.

    :raises ConfigMissing: another kind.
    """
    url = urlsplit(address)
    if url.scheme == "file" and address != "file:":
        return LocalDocuments(Path(address.removeprefix("file:")))
    if url.scheme in {"s3+http", "s3+https"}:
        return MinioDocuments(
            endpoint=url.netloc.rpartition("@")[2],
            access_key=unquote(url.username or ""),
            secret_key=unquote(url.password or ""),
            bucket=url.path.strip("/"),
            secure=url.scheme == "s3+https",
            region=parse_qs(url.query).get("region", [""])[0],
        )
    if url.scheme == "memory":
        return MemoryDocuments()
    raise ConfigMissing("DOCUMENTS_URL beginnt mit file:, s3+https:, s3+http: oder memory:")


def connect_mail(address: str, sender: str) -> Mail:
    """Choose the mail system: ``smtp[+starttls]://user:pass@host:port``, ``folder:``, ``memory:``.

    :raises ConfigMissing: another kind.
    """
    url = urlsplit(address)
    if url.scheme in {"smtp", "smtp+starttls"}:
        return SmtpMail(
            host=url.hostname or "",
            port=url.port or 25,
            sender=sender,
            username=unquote(url.username or ""),
            password=unquote(url.password or ""),
            starttls=url.scheme == "smtp+starttls",
        )
    if url.scheme == "folder":
        return FolderMail(Path(address.removeprefix("folder:")), sender)
    if url.scheme == "memory":
        return MemoryMail()
    raise ConfigMissing("MAIL_URL beginnt mit smtp:, smtp+starttls:, folder: oder memory:")


def connect_jobs(address: str) -> JobQueue:
    """Choose the queue: ``procrastinate:`` (in the platform's own database) or ``memory:``.

    :raises ConfigMissing: another kind.
    """
    if address == "procrastinate:":
        return ProcrastinateJobs()
    if address == "memory:":
        return MemoryJobs()
    raise ConfigMissing("JOBS_URL ist procrastinate: oder memory:")


def connect_scanner(address: str) -> Scanner | None:
    """Choose the virus scanner: ``clamd://host:3310``, ``clamd:/run/clamd.sock``, ``memory:``.

    ``none:`` asks for none: files are then shown as not scanned.

    :raises ConfigMissing: another kind.
    """
    url = urlsplit(address)
    if url.scheme == "clamd" and url.hostname:
        return ClamdScanner((url.hostname, url.port or 3310))
    if url.scheme == "clamd" and url.path.startswith("/"):
        return ClamdScanner(url.path)
    if address == "memory:":
        return MemoryScanner()
    if address == "none:":
        return None
    raise ConfigMissing("SCANNER_URL ist clamd://host:3310, clamd:/pfad, memory: oder none:")
