"""The ground all tests stand on: no network, one PostgreSQL, an application with harmless twins."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

ROOT = Path(__file__).parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from tests.support.database import (  # noqa: E402 - needs the path above
    TEMPLATE,
    Cleaner,
    create_database,
    create_template,
    drop_database,
    sqlalchemy_url,
)
from tests.support.postgres import ThrowAwayPostgres  # noqa: E402

LOOPBACK = ["127.0.0.1", "::1", "localhost"]
SERVER = pytest.StashKey[ThrowAwayPostgres]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Unit tests get no socket at all, all others only this machine."""
    for item in items:
        if "unit" in item.path.relative_to(ROOT / "tests").parts:
            item.add_marker(pytest.mark.disable_socket)
        else:
            item.add_marker(pytest.mark.allow_hosts(LOOPBACK))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node) -> None:
    """Hand the one server of this run to a parallel worker; the first one finds it started."""
    config = node.config
    if SERVER not in config.stash:
        config.stash[SERVER] = ThrowAwayPostgres()
        config.server_address = config.stash[SERVER].start()
        create_template(config.server_address)
    node.workerinput["server_address"] = config.server_address


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the server that parallel workers shared."""
    if server := config.stash.get(SERVER, None):
        server.stop()


@pytest.fixture(scope="session")
def postgres_address(request: pytest.FixtureRequest) -> Iterator[str]:
    """Address of a database on this run's PostgreSQL, with a migrated template beside it."""
    if hasattr(request.config, "workerinput"):
        yield request.config.workerinput["server_address"]
        return
    server = ThrowAwayPostgres()
    try:
        address = server.start()
        create_template(address)
        yield address
    finally:
        server.stop()


@pytest.fixture(scope="session")
def _own_database(postgres_address: str) -> Iterator[tuple[str, Cleaner]]:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    address = create_database(postgres_address, f"antragswerk_{worker}", TEMPLATE)
    cleaner = Cleaner(address)
    yield address, cleaner
    cleaner.close()
    drop_database(address)


@pytest.fixture
def database_url(_own_database: tuple[str, Cleaner]) -> Iterator[str]:
    """Address of a migrated, empty database that is emptied again after the test."""
    address, cleaner = _own_database
    yield address
    cleaner.clean()


@pytest.fixture
def database_engine(database_url: str) -> Iterator[Engine]:
    """Connections outside the application, as set up as those inside."""
    from app.models.base import db  # noqa: PLC0415 - unit tests shall not load it all

    engine = create_engine(sqlalchemy_url(database_url), poolclass=NullPool, **db._engine_options)
    yield engine
    engine.dispose()


@pytest.fixture
def db_session(database_engine: Engine) -> Iterator[Session]:
    """A session of its own, apart from those of requests; commit what a request shall see."""
    with Session(database_engine, expire_on_commit=False) as session:
        yield session


@pytest.fixture
def config(database_url: str, tmp_path: Path):
    """The configuration of a test application: every part is its harmless twin."""
    from app.config import Config  # noqa: PLC0415 - unit tests shall not load it all

    return Config(
        public_url="http://localhost",
        database_url=database_url,
        secret_key="only-for-tests-" * 3,
        documents_url="memory:",
        mail_url="memory:",
        mail_from="Antragswerk <post@example.org>",
        jobs_url="memory:",
        scanner_url="none:",
        oidc_issuer="http://localhost/trial-idp",
        oidc_client_id="antragswerk",
        oidc_client_secret="",
        oidc_api_audience="antragswerk-api",
        trial_folder=tmp_path / "trial",
        testing=True,
    )


@pytest.fixture
def parts(config):
    """The parts of a test application; replace single ones with ``dataclasses.replace``."""
    from app.wiring import connect  # noqa: PLC0415 - unit tests shall not load it all

    return connect(config)


@pytest.fixture
def app(config, parts):
    """One application on the test database."""
    from app.boot import create_app  # noqa: PLC0415 - unit tests shall not load it all
    from app.models.base import db  # noqa: PLC0415 - unit tests shall not load it all

    app = create_app(config, parts)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app):
    """A browser without JavaScript; ``http://localhost`` is its address."""
    return app.test_client()


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the browser that ``make test`` found or installed."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert path, "No Chromium: run the tests with `make test`, which installs one."
    return path
