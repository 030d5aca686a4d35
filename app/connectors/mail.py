"""E-Mail: tells a person that something waits, never what."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class MailMessage:
    """One mail; ``id`` (a uuid as text) makes a second attempt recognisable (Message-ID)."""

    id: str
    to: str
    subject: str
    body: str


class Mail(Protocol):
    """Sends mails; safe to call again with the same ``message.id``."""

    def send(self, message: MailMessage) -> None:
        """Hand over one mail.

        :raises Unavailable: try again later.
        :raises Rejected: do not try again (bad address, refused for good).
        """
        ...

    def check(self) -> None:
        """Prove that the mail system answers.

        :raises Unavailable: it does not.
        """
        ...
