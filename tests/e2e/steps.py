"""What people do in the journey, by role and label, as they would."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

NOW = datetime.now(ZoneInfo("Europe/Berlin"))
START = "/musterstadt/wasserzwischenzaehler/"


def sign_in(page: Page, persona: str, path: str) -> None:
    """Sign in as a persona of the trial and land on ``path``."""
    page.goto(f"/anmelden?als={persona}&weiter={path}")
    page.get_by_role("button", name=re.compile("anmelden", re.IGNORECASE)).first.click()
    page.wait_for_url(f"**{path}")


def go_on(page: Page) -> None:
    """Press the one primary button of a form page."""
    page.get_by_role("main").get_by_role("button", name="Weiter", exact=True).last.click()


def heading(page: Page, text: str) -> None:
    """See the page with this heading."""
    expect(page.get_by_role("heading", level=1, name=text)).to_be_visible()


def choose(page: Page, question: str, answer: str) -> None:
    """Choose one answer of a question with radio buttons."""
    page.get_by_role("radiogroup", name=re.compile(question)).get_by_label(answer).check()


def fill_date(page: Page, legend: str, day: datetime) -> None:
    """Fill the three parts of a date."""
    group = page.get_by_role("group", name=re.compile(legend))
    group.get_by_label("Tag").fill(str(day.day))
    group.get_by_label("Monat").fill(str(day.month))
    group.get_by_label("Jahr").fill(str(day.year))


def begin(page: Page) -> None:
    """From the service's page into the first page of a new draft."""
    page.goto(START)
    page.get_by_role("link", name="Jetzt online beantragen").click()
    page.get_by_role("button", name="Antrag beginnen").click()
    heading(page, "Worum geht es?")


def fill_until_meter(page: Page) -> None:
    """Answer everything before the page about the meter."""
    page.get_by_label("Ich habe einen neuen Zähler eingebaut").check()
    go_on(page)
    heading(page, "Wer sind Sie?")
    expect(page.get_by_label("Nachname")).not_to_have_value("")
    go_on(page)
    heading(page, "Wo ist der Zähler?")
    choose(page, "Ist der Zähler an der Anschrift", "Ja")
    go_on(page)
    heading(page, "Wem gehört das Grundstück?")
    choose(page, "Gehört das Grundstück", "Ja")
    go_on(page)
    heading(page, "Welchen Zähler haben Sie eingebaut?")


def fill_meter(page: Page, *, calibrated: int, number: str = "8ZRI0012345678") -> None:
    """Describe the meter."""
    page.get_by_label("Hersteller").fill("Beispielzähler")
    page.get_by_label("Zählernummer").fill(number)
    page.get_by_label("Größe des Zählers").select_option("q3_4")
    page.get_by_label("Eichjahr").fill(str(calibrated))
    page.get_by_label("Ziffern vor dem Komma").fill("5")


def fill_until_evidence(page: Page) -> None:
    """Answer everything between the meter and the photo."""
    heading(page, "Wann haben Sie den Zähler eingebaut?")
    fill_date(page, "Eingebaut am", NOW - timedelta(days=3))
    page.get_by_label("Zählerstand beim Einbau").fill("0,5")
    page.get_by_label("Fest in der Leitung").check()
    go_on(page)
    heading(page, "Ihre Nutzung")
    page.get_by_label(re.compile("Garten")).first.check()
    go_on(page)
    heading(page, "Ist alles richtig eingebaut?")
    for text in ("hinter dem Hauptzähler", "vor Frost", "Rückflussverhinderer", "keinen Abfluss"):
        page.get_by_label(re.compile(text)).check()
    page.get_by_label("Ich selbst oder jemand, den ich kenne").check()
    go_on(page)
    heading(page, "Fotos und Nachweise")


def upload(page: Page, photo: Path) -> None:
    """Choose the photo of the meter and upload it."""
    page.get_by_label(re.compile("Foto des neuen Zählers")).first.set_input_files(photo)
    page.get_by_role("button", name=re.compile("Hochladen")).first.click()
    expect(page.get_by_text(photo.name)).to_be_visible()
