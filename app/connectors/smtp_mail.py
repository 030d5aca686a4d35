"""Mail over SMTP: through the municipality's own mail server."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field

from app.connectors.mail import MailMessage
from app.connectors.mail_format import compose, sender_address
from app.errors import Rejected, Unavailable


@dataclass(frozen=True)
class SmtpMail:
    """Opens one connection per mail; ``timeout_s`` bounds each answer of the server.

    ``sender`` may have a name before its address. With ``starttls`` nothing is sent in the
    clear, and the server must prove its name; ``tls`` replaces the certificates of the system.
    """

    host: str
    port: int
    sender: str
    username: str = ""
    password: str = field(default="", repr=False)
    starttls: bool = False
    timeout_s: float = 10
    tls: ssl.SSLContext | None = None

    def __post_init__(self) -> None:
        sender_address(self.sender)

    def send(self, message: MailMessage) -> None:
        """Hand over one mail; see ``Mail``."""
        mail = compose(message, self.sender)
        recipient = mail["To"].addresses[0].addr_spec
        with self._connected() as server:
            server.sendmail(sender_address(self.sender).addr_spec, [recipient], mail.as_bytes())

    def check(self) -> None:
        """Greet the server and sign in; see ``Mail``."""
        with self._connected() as server:
            server.noop()

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        name = sender_address(self.sender).domain  # asking the resolver for our own could take long
        try:
            with closing(smtplib.SMTP(self.host, self.port, name, self.timeout_s)) as server:
                if self.starttls:
                    server.starttls(context=self.tls or ssl.create_default_context())
                if self.username:
                    server.login(self.username, self.password)
                yield server
                with suppress(OSError):  # it is accepted, whatever the farewell says
                    server.quit()
        except (OSError, ValueError) as error:  # all that smtplib raises is an OSError
            raise _translated(error) from None


def _translated(error: Exception) -> Rejected | Unavailable:
    """Tell refused for good from try again; an answer may quote the address, so drop it.

    What a person at the mail server must repair first (sign-in, encryption, greeting) can be
    tried again: only a refused sender, recipient or content is final.
    """
    codes: list[int] = []
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
    elif isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
        codes = [error.smtp_code]
    final = any(500 <= code <= 599 for code in codes)
    return Rejected("mail") if final else Unavailable("mail")
