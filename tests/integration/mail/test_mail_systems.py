"""What every Mail promises, over all implementations."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest

from app.connectors.mail import MailMessage
from app.errors import Rejected

MESSAGE = MailMessage(
    id="0f0e3c0e-6f0b-4a1c-9a53-2b8a4c9d7e10",
    to="erika@example.org",
    subject="Neue Nachricht: Zwischenzähler für Gartenwasser – Müllerstraße 5",
    body="Guten Tag,\n\nin Ihrem Postfach wartet eine Nachricht.\n\nIhre Stadt Musterstadt\n",
)


def text(mail):
    return mail.get_content().replace("\r\n", "\n")


def test_a_mail_arrives_as_it_was_written(sending):
    sending.mail.send(MESSAGE)

    (mail,) = sending.delivered()
    assert mail["Subject"] == MESSAGE.subject
    assert mail["To"] == "erika@example.org"
    assert text(mail) == MESSAGE.body
    assert str(mail["From"]) == "Bürgerservice Musterstadt <post@musterstadt.example>"
    assert mail["Message-ID"] == f"<{MESSAGE.id}@musterstadt.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert abs(datetime.now(UTC) - _aware(mail["Date"])) < timedelta(minutes=1)


def _aware(date):
    return parsedate_to_datetime(date).replace(tzinfo=UTC)


def test_a_second_attempt_takes_the_place_of_the_first(sending):
    sending.mail.send(MESSAGE)
    sending.mail.send(replace(MESSAGE, body="Zweiter Versuch\n"))

    (mail,) = sending.delivered()
    assert text(mail) == "Zweiter Versuch\n"


def test_two_messages_are_two_mails(sending):
    sending.mail.send(MESSAGE)
    sending.mail.send(replace(MESSAGE, id="0f0e3c0e-6f0b-4a1c-9a53-2b8a4c9d7e11"))

    assert len(sending.delivered()) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "Hallo\r\nBcc: alle@example.org"},
        {"subject": "Hallo\nBcc: alle@example.org"},
        {"subject": "Hallo\rBcc: alle@example.org"},
        {"subject": "Hallo\u2028Bcc: alle@example.org"},
        {"subject": "Hallo\0"},
        {"to": "erika@example.org\r\nBcc: alle@example.org"},
        {"to": "erika@example.org\nRCPT TO:<alle@example.org>"},
        {"to": "erika@example.org> SIZE=1\r\nDATA"},
        {"to": "erika@example.org, alle@example.org"},
        {"to": "erika@example.org;alle@example.org"},
        {"to": "erika@example.org alle@example.org"},
        {"to": "Alle: erika@example.org, bernd@example.org;"},
        {"to": "Erika <erika@example.org>"},
        {"to": "<erika@example.org>"},
        {"to": '"erika\\"@x"@example.org'},
        {"to": "erika"},
        {"to": "erika@"},
        {"to": "@example.org"},
        {"to": "@"},
        {"to": ""},
        {"to": "erika@@example.org"},
        {"to": "erika@example..org"},
        {"to": "erika@[127.0.0.1]"},
        {"to": "érika@example.org"},
        {"to": "e\u202erika@example.org"},
        {"to": f"{'e' * 65}@example.org"},
        {"to": f"erika@{'e' * 64}.org"},
        {"to": f"erika@{'example.' * 40}org"},
        {"id": "../../etc/passwd"},
        {"id": "1>\r\nBcc: alle@example.org"},
        {"id": ""},
    ],
)
@pytest.mark.abuse("A21")
def test_a_message_that_could_become_another_is_rejected(sending, change):
    with pytest.raises(Rejected) as caught:
        sending.mail.send(replace(MESSAGE, **change))

    assert "erika" not in str(caught.value)
    assert sending.delivered() == []


def test_an_address_at_a_domain_with_umlauts_is_written_in_ascii(sending):
    sending.mail.send(replace(MESSAGE, to=" erika@müller.example "))

    (mail,) = sending.delivered()
    assert mail["To"] == "erika@xn--mller-kva.example"


@pytest.mark.parametrize(
    "body",
    [
        "Erste Zeile\n.\nRCPT TO:<alle@example.org>\n",
        "Erste Zeile\r\n.\r\nQUIT\r\n",
        "Erste Zeile\r.\rQUIT\r",
        "Erste Zeile\n.\r\nMAIL FROM:<alle@example.org>\n",
        ".\n..\n",
        "\n\nFrom: alle@example.org\n",
        "x" * 5000 + "ä\n",
        "",
    ],
)
@pytest.mark.abuse("A21")
def test_the_text_stays_text(sending, body):
    sending.mail.send(replace(MESSAGE, body=body))

    (mail,) = sending.delivered()
    assert text(mail).rstrip("\n") == body.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    assert mail["Subject"] == MESSAGE.subject
    assert set(mail.keys()) == {
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "Auto-Submitted",
        "Content-Type",
        "Content-Transfer-Encoding",
        "MIME-Version",
    }


def test_a_mail_system_that_works_passes_the_check(sending):
    sending.mail.check()

    assert sending.delivered() == []
