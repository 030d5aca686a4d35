"""Browser tests: a real Chromium against the running platform, found by role and label."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.support.database import TEMPLATE, create_database, drop_database
from tests.support.live import LivePlatform
from tests.support.samples import jpeg_photo

ROOT = Path(__file__).parents[2]
AXE = ROOT / "app" / "static" / "vendor" / "axe" / "axe.min.js"
#: what sticks out of the window to the right, if the page can be scrolled sideways
TOO_WIDE = """() => document.documentElement.scrollWidth <= window.innerWidth ? [] :
  [...document.body.querySelectorAll("*")]
    .filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1)
    .map((one) => `${one.tagName} ${one.className} ${one.textContent.trim().slice(0, 40)}`)"""
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--lang=de-DE",
]


@pytest.fixture(scope="session")
def platform(
    postgres_address: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LivePlatform]:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    address = create_database(postgres_address, f"antragswerk_live_{worker}", TEMPLATE)
    live = LivePlatform(address, tmp_path_factory.mktemp("live"))
    live.start()
    yield live
    live.stop()
    drop_database(address)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(params=[360, 1280], ids=["phone", "desktop"])
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


NewPerson = Callable[..., Page]


@pytest.fixture
def person(browser: Browser, platform: LivePlatform, width: int) -> Iterator[NewPerson]:
    """Open a browser of its own for each person; every console error fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def note(kind: str, text: str, expected: int) -> None:
        if kind == "error" and f"status of {expected}" not in text:
            complaints.append(text)

    def new(*, javascript: bool = True, dark: bool = False, expects: int = 422) -> Page:
        context = browser.new_context(
            base_url=platform.url,
            viewport={"width": width, "height": 800},
            locale="de-DE",
            timezone_id="Europe/Berlin",
            java_script_enabled=javascript,
            color_scheme="dark" if dark else "light",
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: note(message.type, message.text, expects))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield new
    for context in contexts:
        context.close()
    assert not complaints, complaints


@pytest.fixture
def sound(width: int) -> Callable[[Page, str], None]:
    """Check a page: no axe-core violation, no sideways scrolling; keep a picture if asked to."""
    pictures = os.environ.get("SCREENSHOTS")

    def check(page: Page, name: str) -> None:
        page.wait_for_load_state("networkidle")
        assert not (wide := page.evaluate(TOO_WIDE)), f"{name} does not fit: {wide}"
        page.evaluate(AXE.read_text("utf-8"))
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert not found["violations"], (name, describe(found["violations"]))
        if pictures:
            target = Path(pictures) / f"{name}-{width}.png"
            target.parent.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=target, full_page=True)

    return check


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "zaehler.jpg"
    path.write_bytes(jpeg_photo())
    return path


def describe(violations: list[dict]) -> list[tuple[str, str, list[str]]]:
    """Say for each violation the rule, what it demands and where."""
    return [
        (one["id"], one["help"], [str(node["target"]) for node in one["nodes"]])
        for one in violations
    ]
