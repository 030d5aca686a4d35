from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.connectors.sign_in import SignedIn
from app.domain.identity import Identity, Role
from app.models.sign_in import SignIn
from app.usecases.access.close_sign_in import close_sign_in
from app.usecases.access.expired_sign_ins import delete_expired
from app.usecases.access.find_sign_in import find_sign_in
from app.usecases.access.open_sign_in import open_sign_in

CITIZEN = Identity("https://idp.example", "u1", given_name="Erika")
WORKER = Identity(
    "https://idp.example", "u2", roles=(Role.CASE_WORKER,), municipality="musterstadt"
)


@pytest.fixture
def opened(db_session, clock):
    """Open a session of ``identity`` and return its key."""

    def run(identity: Identity) -> str:
        token = open_sign_in(db_session, SignedIn(identity, "id-token"), clock())
        db_session.commit()
        return token

    return run


def stay_active(db_session, token, clock, *, minutes):
    """Look in every twenty minutes."""
    for _ in range(minutes // 20):
        clock.move(minutes=20)
        find_sign_in(db_session, token, clock())


def test_a_key_finds_its_person(db_session, opened, clock):
    assert find_sign_in(db_session, opened(WORKER), clock()) == WORKER


@pytest.mark.parametrize("token", ["", "unknown", "\ud800", "x" * 100_000])
def test_any_other_key_finds_nobody(db_session, opened, clock, token):
    opened(CITIZEN)
    assert find_sign_in(db_session, token, clock()) is None


def test_keys_are_long_and_differ(opened):
    keys = {opened(CITIZEN) for _ in range(20)}
    assert len(keys) == 20
    assert min(map(len, keys)) >= 43


def test_half_an_hour_without_a_request_ends_a_session(db_session, opened, clock):
    token = opened(CITIZEN)
    clock.move(minutes=29)
    assert find_sign_in(db_session, token, clock()) == CITIZEN
    clock.move(minutes=29)
    assert find_sign_in(db_session, token, clock()) == CITIZEN
    clock.move(minutes=30)
    assert find_sign_in(db_session, token, clock()) is None


@pytest.mark.parametrize(("identity", "hours"), [(CITIZEN, 8), (WORKER, 10)])
def test_even_an_active_session_ends(db_session, opened, clock, identity, hours):
    token = opened(identity)
    stay_active(db_session, token, clock, minutes=hours * 60 - 20)
    clock.move(minutes=19)
    assert find_sign_in(db_session, token, clock()) == identity
    clock.move(minutes=1)
    assert find_sign_in(db_session, token, clock()) is None


def test_being_seen_is_written_at_most_once_a_minute(db_session, opened, clock):
    token, begun = opened(CITIZEN), clock()
    for _ in range(5):
        clock.move(seconds=10)
        find_sign_in(db_session, token, clock())
    assert db_session.scalar(select(SignIn.last_seen_at)) == begun
    clock.move(seconds=10)
    find_sign_in(db_session, token, clock())
    assert db_session.scalar(select(SignIn.last_seen_at)) == begun + timedelta(minutes=1)


def test_a_closed_session_gives_back_its_id_token_once(db_session, opened, clock):
    token = opened(CITIZEN)
    assert close_sign_in(db_session, token) == "id-token"
    assert close_sign_in(db_session, token) == ""
    assert find_sign_in(db_session, token, clock()) is None


def test_sessions_nobody_can_use_are_deleted(db_session, opened, clock):
    opened(CITIZEN)
    clock.move(minutes=20)
    kept = opened(CITIZEN)
    clock.move(minutes=10)
    delete_expired(db_session, clock())
    assert db_session.scalar(select(func.count()).select_from(SignIn)) == 1
    assert find_sign_in(db_session, kept, clock()) == CITIZEN
