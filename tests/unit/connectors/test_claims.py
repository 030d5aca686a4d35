import pytest

from app.connectors.claims import identity_from_claims
from app.domain.assurance import AssuranceLevel
from app.domain.identity import PersonType, Role

ISSUER = "https://idp.example"


def identity(**claims):
    return identity_from_claims(ISSUER, {"sub": "u1", **claims})


def test_a_person_with_nothing_but_a_subject_is_one():
    found = identity()
    assert found.key == "https://idp.example|u1"
    assert found.assurance is AssuranceLevel.NONE
    assert found.person_type is PersonType.NATURAL
    assert found.name == "Unbekannt"


def test_the_claims_of_a_bundid_broker_are_understood():
    found = identity(
        acr="STORK-QAA-Level-4",
        given_name="Erika",
        family_name="Beispiel",
        date_of_birth="12.04.1984",
        email="erika@post.example",
        street_and_building="Am Testbrunnen 3 a",
        zip_code="99999",
        city="Musterstadt",
    )
    assert found.assurance is AssuranceLevel.HIGH
    assert found.birth_date == "1984-04-12"
    assert (found.street, found.house_number) == ("Am Testbrunnen", "3 a")
    assert (found.postcode, found.town) == ("99999", "Musterstadt")


def test_the_standard_address_is_understood():
    found = identity(
        address={"street_address": "Probeweg 12", "postal_code": "99999", "locality": "Musterstadt"}
    )
    assert (found.street, found.house_number) == ("Probeweg", "12")
    assert (found.postcode, found.town) == ("99999", "Musterstadt")


@pytest.mark.parametrize(
    ("text", "street", "number"),
    [
        ("Probeweg 12", "Probeweg", "12"),
        ("Straße des 17. Juni 135", "Straße des 17. Juni", "135"),
        ("Hauptstr. 5-7", "Hauptstr.", "5-7"),
        ("Marktplatz", "Marktplatz", ""),
        ("12", "12", ""),
    ],
)
def test_street_and_number_are_told_apart(text, street, number):
    found = identity(street_and_building=text)
    assert (found.street, found.house_number) == (street, number)


def test_an_organisation_has_its_own_address_and_keeps_who_acts():
    found = identity(
        given_name="Petra",
        family_name="Vorlage",
        street_and_building="Privatweg 1",
        org_company_name="Garten Vorlage GmbH",
        org_register_type="HRB",
        org_register_number="00000",
        org_register_court="Musterstadt",
        org_street="Gewerbering",
        org_building="8",
        org_zip_code="99999",
        org_city="Musterstadt",
    )
    assert found.person_type is PersonType.JURISTIC
    assert found.name == "Garten Vorlage GmbH"
    assert found.family_name == "Vorlage"
    assert (found.street, found.house_number) == ("Gewerbering", "8")
    assert found.organisation_register == "HRB 00000 Musterstadt"


def test_roles_beyond_ours_are_left_out():
    found = identity(roles=["caseworker", "admin", "caseworker", 7, None])
    assert found.roles == (Role.CASE_WORKER,)


@pytest.mark.abuse("A16")
@pytest.mark.parametrize("roles", ["operator", {"operator": True}, 1, None, [["operator"]]])
def test_roles_in_another_shape_are_none(roles):
    assert identity(roles=roles).roles == ()


@pytest.mark.abuse("A16")
@pytest.mark.parametrize(
    "acr",
    [None, "", "4", 4, ["STORK-QAA-Level-4"], "stork-qaa-level-4", "STORK-QAA-Level-4 ", {"a": 1}],
)
def test_an_unknown_level_is_the_lowest(acr):
    assert identity(acr=acr).assurance is AssuranceLevel.NONE


def test_groups_and_municipality_are_plain_keys():
    found = identity(municipality="musterstadt", groups=["/abgaben", "ordnung", "A B", 3])
    assert found.municipality == "musterstadt"
    assert found.groups == ("abgaben", "ordnung")


@pytest.mark.abuse("A14")
@pytest.mark.parametrize("slug", ["../etc", "a b", "MUSTERSTADT", ["musterstadt"], "x" * 64])
def test_an_odd_municipality_is_none(slug):
    assert identity(municipality=slug).municipality == ""


@pytest.mark.parametrize("text", ["1984-00-00", "31.02.1984", "gestern", "19840231", 1984, None])
def test_a_birth_date_that_is_no_date_is_left_out(text):
    assert identity(birthdate=text).birth_date == ""


@pytest.mark.parametrize("name", ["a\nb", "a\x1bb", "x" * 201, 5, ["a"]])
def test_an_odd_name_is_left_out(name):
    assert identity(given_name=name).given_name == ""


def test_an_address_nobody_confirmed_is_not_written_to():
    assert identity(email="a@b.example", email_verified=False).email == ""
    assert identity(email="a@b.example", email_verified=True).email == "a@b.example"


def test_who_somebody_is_survives_storage():
    found = identity(roles=["qa"], groups=["abgaben"], acr="STORK-QAA-Level-2")
    assert type(found).from_dict(found.to_dict()) == found
