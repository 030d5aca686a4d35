"""The mail about a letter: that there is one, and nothing else."""

import dataclasses

import pytest
from sqlalchemy import select

from app.errors import Rejected, Unavailable
from app.models.application import Application
from app.models.case import Case
from app.models.notice import Notice
from app.worker import handlers
from tests.support.applications import new_meter
from tests.support.snapshot import snapshot


class RefusingMail:
    """A mail system that knows no such address."""

    def send(self, _message) -> None:
        raise Rejected("mail")


@pytest.fixture
def notify(app, parts, desk, db_session):
    """Announce the receipt of a fresh case; the mail has not gone out yet."""
    desk.case()
    known = handlers(app, parts)
    job = parts.jobs.jobs.pop()
    known[job.name](**job.arguments)
    job = parts.jobs.jobs.pop()
    assert job.name == "notify_recipient"

    def run(**other_parts) -> None:
        replaced = handlers(app, dataclasses.replace(parts, **other_parts))
        replaced[job.name](**job.arguments)

    return run


@pytest.fixture
def notified_at(db_session):
    def read():
        db_session.rollback()
        return db_session.scalars(select(Notice.notified_at)).one()

    return read


@pytest.mark.abuse("A21")
def test_the_mail_says_that_there_is_something_and_never_what(notify, parts, db_session):
    notify()
    [mail] = parts.mail.sent
    assert mail.to == "erika@example.org"
    assert mail.subject == "Neue Mitteilung von: Stadt Musterstadt"
    assert "http://localhost/konto/postfach\n" in mail.body
    case = db_session.scalars(select(Case)).one()
    notice = db_session.scalars(select(Notice)).one()
    sent = f"{mail.subject}\n{mail.body}"
    for secret in (
        "Erika",
        "Beispiel",
        "4711",
        "Gartenweg",
        "Zähler",
        "zaehler",
        "Bescheid",
        case.file_reference,
        case.service_title,
        notice.subject,
        str(case.id),
        str(notice.id),
    ):
        assert secret not in sent


def test_it_goes_out_once(notify, parts, notified_at, clock, database_engine):
    notify()
    assert notified_at() == clock()
    before = snapshot(database_engine)
    clock.move(days=1)
    parts.mail.sent.clear()
    notify()
    assert parts.mail.sent == []
    assert snapshot(database_engine) == before


def test_without_an_address_nothing_is_sent(notify, parts, db_session, notified_at):
    draft = db_session.scalars(select(Application)).one()
    without = new_meter()["antragsteller"] | {"email": ""}
    draft.answers = {**draft.answers, "antragsteller": without}
    draft.identity = {**draft.identity, "email": ""}
    db_session.commit()
    notify()
    assert parts.mail.sent == []
    assert notified_at() is None


def test_the_address_of_the_form_counts_before_that_of_the_sign_in(notify, parts, db_session):
    draft = db_session.scalars(select(Application)).one()
    assert draft.identity["email"] == "citizen@example.org"
    assert draft.answers["antragsteller"]["email"] == "erika@example.org"
    notify()
    assert [mail.to for mail in parts.mail.sent] == ["erika@example.org"]


def test_while_mail_is_down_it_is_tried_again(notify, parts, notified_at):
    parts.mail.available = False
    with pytest.raises(Unavailable):
        notify()
    assert notified_at() is None
    parts.mail.available = True
    notify()
    assert len(parts.mail.sent) == 1
    assert notified_at() is not None


def test_a_refused_address_is_not_tried_for_ever(notify, notified_at):
    notify(mail=RefusingMail())
    assert notified_at() is None
