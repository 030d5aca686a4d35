"""What only mail into a folder does."""

import stat

import pytest

from app.connectors.folder_mail import FolderMail
from app.connectors.mail import MailMessage
from app.connectors.memory_mail import MemoryMail
from app.errors import Unavailable

MESSAGE = MailMessage("0f0e3c0e-6f0b-4a1c-9a53-2b8a4c9d7e10", "erika@example.org", "Hallo", "Text")
SENDER = "post@musterstadt.example"


def test_a_mail_is_one_file_named_by_its_id_for_the_owner_alone(tmp_path):
    mail = FolderMail(tmp_path / "mail", SENDER)

    mail.send(MESSAGE)
    mail.send(MESSAGE)
    mail.check()

    (file,) = (tmp_path / "mail").iterdir()
    assert file.name == f"{MESSAGE.id}.eml"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_made_is_an_outage(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    mail = FolderMail(tmp_path / "file" / "mail", SENDER)

    with pytest.raises(Unavailable):
        mail.send(MESSAGE)
    with pytest.raises(Unavailable):
        mail.check()


def test_a_mail_that_cannot_take_its_place_leaves_nothing_behind(tmp_path):
    mail = FolderMail(tmp_path, SENDER)
    (tmp_path / f"{MESSAGE.id}.eml").mkdir()

    with pytest.raises(Unavailable):
        mail.send(MESSAGE)

    assert [path.name for path in tmp_path.iterdir()] == [f"{MESSAGE.id}.eml"]


def test_a_wrong_sender_stops_the_start(tmp_path):
    with pytest.raises(ValueError, match="sender"):
        FolderMail(tmp_path, "Stadt Musterstadt")


def test_an_outage_of_the_twin_can_be_played():
    mail = MemoryMail()
    mail.available = False

    with pytest.raises(Unavailable):
        mail.send(MESSAGE)
    with pytest.raises(Unavailable):
        mail.check()
    assert mail.sent == []
