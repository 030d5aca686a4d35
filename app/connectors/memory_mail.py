"""Mail in memory: the harmless twin for tests."""

from threading import Lock

from app.connectors.mail import MailMessage
from app.connectors.mail_format import compose
from app.errors import Unavailable


class MemoryMail:
    """Keeps what was sent, in order; a second attempt takes the place of the first.

    Set ``available`` to False to play an outage.
    """

    def __init__(self) -> None:
        self.available = True
        self.sent: list[MailMessage] = []
        self._lock = Lock()

    def send(self, message: MailMessage) -> None:
        """Keep one mail; see ``Mail``."""
        self.check()
        compose(message, "memory@localhost.invalid")
        with self._lock:
            places = [place for place, sent in enumerate(self.sent) if sent.id == message.id]
            if places:
                self.sent[places[0]] = message
            else:
                self.sent.append(message)

    def check(self) -> None:
        """Answer, unless an outage is played."""
        if not self.available:
            raise Unavailable("mail")
