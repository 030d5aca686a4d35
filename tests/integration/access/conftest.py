"""A running trial: the platform and its sign-in provider on one loopback address."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from werkzeug.serving import make_server

from app.trial.port import free_port
from tests.support.http_browser import HttpBrowser


class Clock:
    """A clock that stands still until a test moves it; begins at the real time."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC).replace(microsecond=0)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **duration: float) -> None:
        self.now += timedelta(**duration)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def trial_folder(tmp_path_factory):
    """One for all tests, for its key takes long to make."""
    return tmp_path_factory.mktemp("trial")


@pytest.fixture
def config(config, trial_folder):
    """The configuration with an address at which the platform can call itself."""
    address = f"http://127.0.0.1:{free_port()}"
    return replace(
        config,
        public_url=address,
        oidc_issuer=f"{address}/trial-idp",
        trial_folder=trial_folder,
    )


@pytest.fixture
def parts(parts, clock):
    """The parts with a clock that tests can move."""
    return replace(parts, clock=clock)


@pytest.fixture
def server(app, config):
    """The platform, reached over HTTP; the value is its address."""
    host, _, port = config.public_url.removeprefix("http://").partition(":")
    running = make_server(host, int(port), app, threaded=True)
    thread = threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield config.public_url
    running.shutdown()
    thread.join()
    running.server_close()


@pytest.fixture
def browser(server):
    """A fresh browser."""
    browser = HttpBrowser(server)
    yield browser
    browser.close()


@pytest.fixture
def other_browser(server):
    """A second browser that shares nothing with the first."""
    browser = HttpBrowser(server)
    yield browser
    browser.close()
