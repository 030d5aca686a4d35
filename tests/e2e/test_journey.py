"""The whole story in a browser: apply, decide, read the decision."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.e2e import steps
from tests.e2e.steps import NOW, go_on, heading, sign_in


def test_a_garden_meter_from_application_to_decision(person, sound, photo, platform):
    citizen = person()
    citizen.goto("/")
    sound(citizen, "start")
    citizen.goto(steps.START)
    sound(citizen, "service-page")
    sign_in(citizen, "citizen", steps.START)
    citizen.get_by_role("link", name="Jetzt online beantragen").click()
    sound(citizen, "begin")
    citizen.get_by_role("button", name=re.compile("Antrag beginnen")).click()
    heading(citizen, "Worum geht es?")
    sound(citizen, "first-page")
    steps.fill_until_meter(citizen)

    steps.fill_meter(citizen, calibrated=NOW.year - 9, number="§§")
    go_on(citizen)
    summary = citizen.get_by_role("alert").first
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("geeicht")
    assert citizen.title().startswith("Fehler: ")
    sound(citizen, "form-page-errors")
    steps.fill_meter(citizen, calibrated=NOW.year)
    sound(citizen, "form-page")
    go_on(citizen)
    steps.fill_until_evidence(citizen)

    go_on(citizen)
    expect(citizen.get_by_role("alert").first).to_contain_text("Foto des Zählers")
    steps.upload(citizen, photo)
    sound(citizen, "evidence-page")
    go_on(citizen)

    heading(citizen, "Bitte prüfen Sie Ihre Angaben")
    sound(citizen, "check-page")
    citizen.get_by_role("button", name="Verbindlich absenden").click()
    expect(citizen.get_by_role("alert").first).to_contain_text("bestätigen Sie die Erklärung")
    citizen.get_by_label("Ich gebe diese Erklärung ab.").check()
    citizen.get_by_role("button", name="Verbindlich absenden").click()
    heading(citizen, "Ihr Antrag ist bei uns")
    sound(citizen, "receipt")
    reference = re.search(r"MU-\d{4}-\d{6}", citizen.content()).group()

    clerk = person()
    sign_in(clerk, "caseworker", "/arbeit")
    sound(clerk, "queue")
    clerk.get_by_role("link", name=reference).click()
    clerk.get_by_role("button", name="Übernehmen").click()
    expect(clerk.get_by_text("8ZRI0012345678")).to_be_visible()
    sound(clerk, "case-page")
    clerk.get_by_role("tab", name="Prozess").click()
    expect(clerk.locator(".aw-diagram .djs-container svg")).to_be_visible()
    sound(clerk, "case-page-process")
    clerk.get_by_role("tab", name="Nachweise").click()
    expect(clerk.get_by_text("zaehler.jpg").last).to_be_visible()
    sound(clerk, "case-page-evidence")
    clerk.get_by_label(re.compile("Dem Antrag entsprechen")).check()
    answer = clerk.get_by_role("radiogroup", name=re.compile("vor Ort abgenommen"))
    expect(answer).to_be_visible()
    answer.get_by_label("Nein").check()
    clerk.get_by_label(re.compile("im Gebührensystem eingetragen")).check()
    go_on(clerk)
    expect(clerk.get_by_text(reference).first).to_be_visible()
    sound(clerk, "letter-preview")
    clerk.get_by_role("button", name="Entscheiden und zustellen").click()
    expect(clerk.get_by_role("heading", name="Keine offene Aufgabe")).to_be_visible()

    citizen.goto("/konto/postfach")
    for _ in range(40):
        if citizen.get_by_role("link", name=re.compile("anerkannt")).count():
            break
        citizen.wait_for_timeout(250)
        citizen.reload()
    sound(citizen, "mailbox")
    citizen.get_by_role("link", name=re.compile("anerkannt")).first.click()
    expect(citizen.get_by_text(reference).first).to_be_visible()
    sound(citizen, "notice")
    with citizen.expect_download() as download:
        citizen.get_by_role("link", name=re.compile("Als PDF herunterladen")).click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
    citizen.goto("/konto")
    sound(citizen, "account")
    citizen.get_by_role("link", name=re.compile("Wasserzwischenzähler")).first.click()
    expect(citizen.get_by_text("Ihre Anmeldung ist eingegangen").first).to_be_visible()
    sound(citizen, "own-case")

    clerk.reload()
    clerk.get_by_role("tab", name="Verlauf").click()
    expect(clerk.get_by_text(re.compile("Schreiben gelesen"))).to_be_visible()
    mails = platform.mails()
    assert mails
    assert not any(reference in mail for mail in mails)


def test_the_form_works_without_javascript_and_in_the_dark(person, sound, photo):
    citizen = person(javascript=False, dark=True)
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
    heading(citizen, "Ihr Antrag ist bei uns")


def test_a_page_of_somebody_else_is_not_found(person):
    citizen, other = person(), person(expects=404)
    sign_in(citizen, "citizen", steps.START)
    steps.begin(citizen)
    sign_in(other, "citizen2", "/konto")
    with other.expect_response(lambda answer: answer.request.is_navigation_request()) as answer:
        other.goto(citizen.url)
    assert answer.value.status == 404
