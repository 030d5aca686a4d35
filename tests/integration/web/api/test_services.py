"""What is open to everyone: municipalities and their services."""

import pytest

from app.models.municipality import Adoption, Municipality


def test_services_need_no_token(api):
    anyone = api("")
    slugs = [one["slug"] for one in anyone.get("/municipalities").json["items"]]
    assert slugs == ["musterland", "musterstadt"]
    [item] = anyone.get("/municipalities/musterstadt/services").json["items"]
    assert item["key"] == "wasserzwischenzaehler"
    assert item["version"] == 1
    assert anyone.get("/municipalities/musterland/services").json["items"] == []


def test_a_service_says_all_one_needs_to_apply(api):
    service = api("").get("/municipalities/musterstadt/services/wasserzwischenzaehler").json
    assert service["assurance"] == "BASIC"
    assert service["person_types"] == ["natural", "juristic"]
    assert service["maturity"] is None
    assert service["maturity_reason"]
    [form] = service["forms"]
    assert list(form["schema"]["properties"])[:3] == ["anlass", "antragsteller", "grundstueck"]
    assert form["ui_schema"]
    photo = next(rule for rule in service["evidence"] if rule["field"].endswith("/foto_zaehler"))
    assert photo["accept"] == ["image/jpeg", "image/png", "application/pdf"]
    assert photo["max_size_bytes"] == 10 * 1024 * 1024


@pytest.mark.parametrize("path", ["nirgends/services", "musterstadt/services/nichts", "X/services"])
def test_what_is_not_offered_is_missing(api, path):
    assert api("").get(f"/municipalities/{path}").status_code == 404


def test_a_withdrawn_service_is_missing(api, db_session):
    db_session.get(Adoption, ("musterstadt", "wasserzwischenzaehler")).published_at = None
    db_session.commit()
    anyone = api("")
    assert anyone.get("/municipalities/musterstadt/services").json["items"] == []
    path = "/municipalities/musterstadt/services/wasserzwischenzaehler"
    assert anyone.get(path).status_code == 404


def test_municipalities_come_page_by_page(api, db_session):
    for number in range(5):
        db_session.add(
            Municipality(
                slug=f"ort-{number}",
                name=f"Ort {number}",
                ars=f"06999000200{number}",
                file_reference_prefix="OR",
                letterhead={},
            )
        )
    db_session.commit()
    seen, cursor = [], ""
    while cursor is not None:
        page = api("").get(f"/municipalities?limit=3&cursor={cursor}").json
        seen += [one["slug"] for one in page["items"]]
        cursor = page["next_cursor"]
    assert seen == ["musterland", "musterstadt", *(f"ort-{number}" for number in range(5))]


def test_a_token_tells_who_it_speaks_for(api):
    me = api("caseworker").get("/me").json
    assert me["name"] == "Kim Amtlich"
    assert (me["roles"], me["municipality"], me["groups"]) == (
        ["caseworker"],
        "musterstadt",
        ["abgaben"],
    )
    assert me["assurance"] == "HIGH"
