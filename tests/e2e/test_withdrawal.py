"""An applicant takes an application back, in a browser without JavaScript."""

import re
import zipfile

from playwright.sync_api import expect

from tests.e2e import steps
from tests.e2e.steps import NOW, go_on, heading, sign_in


def test_an_application_is_taken_home_and_withdrawn(person, sound, photo):
    citizen = person(javascript=False)
    sign_in(citizen, "citizen2", steps.START)
    steps.begin(citizen)
    steps.fill_until_meter(citizen)
    steps.fill_meter(citizen, calibrated=NOW.year)
    go_on(citizen)
    steps.fill_until_evidence(citizen)
    steps.upload(citizen, photo)
    go_on(citizen)
    citizen.get_by_label("Ich gebe diese Erklärung ab.").check()
    citizen.get_by_role("button", name="Verbindlich absenden").click()
    reference = re.search(r"MU-\d{4}-\d{6}", citizen.content()).group()
    citizen.get_by_role("link", name="Stand ansehen").click()
    expect(citizen.get_by_text("Sie müssen im Moment nichts tun.")).to_be_visible()
    with citizen.expect_download() as download:
        citizen.get_by_role("button", name="Alles herunterladen").click()
    assert download.value.suggested_filename == f"{reference}.zip"
    assert "antrag.json" in zipfile.ZipFile(download.value.path()).namelist()

    pictured = person()
    sign_in(pictured, "citizen2", "/konto")
    pictured.goto(citizen.url)
    sound(pictured, "own-case-running")
    pictured.get_by_role("link", name="Antrag zurückziehen").click()
    heading(pictured, "Möchten Sie Ihren Antrag zurückziehen?")
    sound(pictured, "withdrawal")

    citizen.get_by_role("link", name="Antrag zurückziehen").click()
    citizen.get_by_label(re.compile("Warum ziehen Sie")).fill("Wir ziehen um.")
    citizen.get_by_role("button", name="Antrag zurückziehen").click()
    expect(citizen.get_by_text("Ihr Grund: Wir ziehen um.")).to_be_visible()
    pictured.goto(citizen.url)
    sound(pictured, "own-case-withdrawn")

    clerk = person()
    sign_in(clerk, "caseworker", "/arbeit")
    sound(clerk, "queue-withdrawn")
    clerk.get_by_role("link", name=re.compile("in den letzten 30 Tagen zurückgezogen")).click()
    heading(clerk, "Zurückgezogene Anträge")
    sound(clerk, "withdrawn-list")
    clerk.get_by_role("link", name=reference).click()
    expect(clerk.get_by_text("Der Antrag wurde zurückgezogen")).to_be_visible()
    sound(clerk, "case-page-withdrawn")
