import pytest
from flask import g
from sqlalchemy import event, text

from app.connectors.sign_in import SignedIn
from app.domain.identity import Identity, Role
from app.errors import Refused, Unauthenticated, Unavailable
from app.models.base import db
from app.models.transaction import transaction
from app.usecases.access.open_sign_in import open_sign_in
from app.web.identity import bearer_identity, current_identity, require_role, signed_in

WORKER = Identity(
    "https://idp.example", "u2", roles=(Role.CASE_WORKER,), municipality="musterstadt"
)


@pytest.fixture
def key(app, clock) -> str:
    """The key of a signed-in case worker."""
    with app.app_context(), transaction() as session:
        return open_sign_in(session, SignedIn(WORKER, ""), clock())


@pytest.fixture
def request_with(app, config):
    """Make a request context with these headers."""
    return lambda **headers: app.test_request_context(base_url=config.public_url, headers=headers)


def test_the_person_is_looked_up_once_per_request(app, request_with, key):
    statements: list[str] = []
    with request_with(Cookie=f"antragswerk={key}"):
        event.listen(db.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
        assert signed_in() == current_identity() == require_role(Role.CASE_WORKER) == WORKER
    assert len(statements) == 1


def test_without_a_cookie_the_database_is_left_alone(request_with):
    statements: list[str] = []
    with request_with():
        event.listen(db.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
        assert current_identity() is None
        with pytest.raises(Unauthenticated):
            signed_in()
    assert statements == []


def test_looking_up_takes_no_part_in_the_views_transaction(request_with, key, clock, db_session):
    clock.move(minutes=5)
    with request_with(Cookie=f"antragswerk={key}"):
        session = db.session()
        session.execute(text("SELECT 1"))
        signed_in()
        session.rollback()
    seen = db_session.execute(text("SELECT last_seen_at FROM sign_ins")).scalar_one()
    assert seen == clock()


def test_another_role_is_refused(request_with, key):
    with request_with(Cookie=f"antragswerk={key}"), pytest.raises(Refused):
        require_role(Role.FACTORY, Role.QA)


def test_while_the_database_is_away_nobody_is_taken_for_signed_out(request_with, key, monkeypatch):
    with request_with(Cookie=f"antragswerk={key}"):
        db.session.execute(text("ALTER TABLE sign_ins RENAME TO away"))
        db.session.commit()
        try:
            assert current_identity() is None
            with pytest.raises(Unavailable):
                signed_in()
        finally:
            db.session.execute(text("ALTER TABLE away RENAME TO sign_ins"))
            db.session.commit()
        assert g.identity_unknown


@pytest.mark.abuse("A15")
@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Basic YTpi", "bearer a b", "Bearer a, Bearer b", "Token a", "a.b.c"],
)
def test_a_header_that_is_no_bearer_token_is_nobody(request_with, header):
    with request_with(Authorization=header), pytest.raises(Unauthenticated):
        bearer_identity()


@pytest.mark.abuse("A15")
def test_the_api_does_not_look_at_cookies(request_with, key):
    with request_with(Cookie=f"antragswerk={key}"), pytest.raises(Unauthenticated):
        bearer_identity()
