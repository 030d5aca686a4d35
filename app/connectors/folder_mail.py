"""Mail into a folder: every mail becomes a file that any mail program opens; for trials."""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from app.connectors.mail import MailMessage
from app.connectors.mail_format import compose, sender_address
from app.errors import Unavailable


@dataclass(frozen=True)
class FolderMail:
    """Writes ``<id>.eml`` for the owner alone; a second attempt replaces the first.

    The folder is made when it is needed.
    """

    folder: Path
    sender: str

    def __post_init__(self) -> None:
        sender_address(self.sender)

    def send(self, message: MailMessage) -> None:
        """Write one mail, whole or not at all; see ``Mail``."""
        content = compose(message, self.sender).as_bytes()
        try:
            self._make_folder()
            with NamedTemporaryFile(dir=self.folder, prefix=".", delete=False) as file:
                try:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                    Path(file.name).replace(self.folder / f"{message.id}.eml")
                except BaseException:
                    with suppress(OSError):
                        Path(file.name).unlink()
                    raise
        except OSError as error:
            raise Unavailable("mail") from error

    def check(self) -> None:
        """Prove that the folder can be written; see ``Mail``."""
        try:
            self._make_folder()
            with NamedTemporaryFile(dir=self.folder, prefix="."):
                pass
        except OSError as error:
            raise Unavailable("mail") from error

    def _make_folder(self) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
