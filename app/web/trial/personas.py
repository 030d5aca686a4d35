"""Personen des Probebetriebs: invented people whom the trial's provider vouches for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

BASIC = "STORK-QAA-Level-1"
SUBSTANTIAL = "STORK-QAA-Level-3"
HIGH = "STORK-QAA-Level-4"

PUBLIC: Final = "Bürgerinnen, Bürger und Unternehmen"
AUTHORITY: Final = "Verwaltung"
NETWORK: Final = "Fabrik, Koordination und Betrieb"


@dataclass(frozen=True, slots=True)
class Persona:
    """One person; ``key`` is its name in addresses, ``can`` one German sentence.

    ``claims`` are those a broker for BundID, Mein Unternehmenskonto or a staff directory sends.
    """

    key: str
    kind: str
    role: str
    can: str
    acr: str
    claims: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Given and family name."""
        return f"{self.claims['given_name']} {self.claims['family_name']}"

    @property
    def subject(self) -> str:
        """What the provider calls it in ``sub``."""
        return f"persona-{self.key}"

    def all_claims(self) -> dict[str, Any]:
        """Return everything the provider says about it."""
        return {"sub": self.subject, "acr": self.acr, "name": self.name, **self.claims}


def _staff(
    given: str, family: str, roles: list[str], municipality: str = "", groups: tuple[str, ...] = ()
) -> dict[str, Any]:
    house = municipality or "antragswerk"
    return {
        "given_name": given,
        "family_name": family,
        "email": f"{given}.{family}@{house}.example".lower().replace("ü", "ue"),
        "roles": roles,
        "municipality": municipality,
        "groups": list(groups),
    }


_ALL: Final = (
    Persona(
        "citizen",
        PUBLIC,
        "Bürgerin, angemeldet mit Zertifikat",
        "Stellt Anträge, sieht ihren Stand und liest Bescheide im Postfach.",
        SUBSTANTIAL,
        {
            "given_name": "Erika",
            "family_name": "Beispiel",
            "birthdate": "1984-04-12",
            "email": "erika.beispiel@post.example",
            "street_and_building": "Probeweg 12",
            "zip_code": "99999",
            "city": "Musterstadt",
        },
    ),
    Persona(
        "citizen2",
        PUBLIC,
        "Bürger, angemeldet nur mit Passwort",
        "Stellt Anträge, für die eine einfache Anmeldung genügt.",
        BASIC,
        {
            "given_name": "Max",
            "family_name": "Probe",
            "birthdate": "1951-11-30",
            "email": "max.probe@post.example",
            "street_and_building": "Am Testbrunnen 3 a",
            "zip_code": "99999",
            "city": "Musterstadt",
        },
    ),
    Persona(
        "company",
        PUBLIC,
        "Unternehmen mit Organisationskonto",
        "Stellt Anträge für die Garten Vorlage GmbH.",
        SUBSTANTIAL,
        {
            "given_name": "Petra",
            "family_name": "Vorlage",
            "email": "kontakt@garten-vorlage.example",
            "elster_identitaetstyp": "NNatPers",
            "org_company_name": "Garten Vorlage GmbH",
            "org_legal_form_text": "Gesellschaft mit beschränkter Haftung",
            "org_register_type": "HRB",
            "org_register_number": "00000",
            "org_register_court": "Musterstadt",
            "org_street": "Gewerbering",
            "org_building": "8",
            "org_zip_code": "99999",
            "org_city": "Musterstadt",
        },
    ),
    Persona(
        "caseworker",
        AUTHORITY,
        "Sachbearbeitung der Stadt Musterstadt",
        "Prüft Anträge der Gruppe Abgaben und entscheidet darüber.",
        SUBSTANTIAL,
        _staff("Karin", "Muster", ["caseworker"], "musterstadt", ("abgaben",)),
    ),
    Persona(
        "caseworker2",
        AUTHORITY,
        "Vertretung in der Sachbearbeitung",
        "Arbeitet in derselben Gruppe und übernimmt, was frei ist.",
        SUBSTANTIAL,
        _staff("Jens", "Ersatz", ["caseworker"], "musterstadt", ("abgaben",)),
    ),
    Persona(
        "approver",
        AUTHORITY,
        "Freigabe bei der Stadt Musterstadt",
        "Zeichnet mit, wo vier Augen vorgeschrieben sind.",
        SUBSTANTIAL,
        _staff("Ute", "Vieraugen", ["approver"], "musterstadt", ("abgaben",)),
    ),
    Persona(
        "caseworker-county",
        AUTHORITY,
        "Sachbearbeitung im Landkreis",
        "Sieht nur, was beim Landkreis beantragt wurde.",
        SUBSTANTIAL,
        _staff("Olaf", "Kreismann", ["caseworker"], "musterland", ("abgaben", "ordnung")),
    ),
    Persona(
        "municipality",
        AUTHORITY,
        "Redaktion der Stadt Musterstadt",
        "Übernimmt Leistungen, passt sie an und veröffentlicht sie.",
        SUBSTANTIAL,
        _staff("Rita", "Rathaus", ["municipality"], "musterstadt"),
    ),
    Persona(
        "factory",
        NETWORK,
        "Digitalisierungsfabrik",
        "Entwirft Leistungen und übergibt sie an die Qualitätssicherung.",
        SUBSTANTIAL,
        _staff("Fatma", "Entwurf", ["factory"]),
    ),
    Persona(
        "qa",
        NETWORK,
        "Qualitätssicherung",
        "Prüft neue Fassungen einer Leistung und gibt sie weiter oder zurück.",
        SUBSTANTIAL,
        _staff("Quirin", "Prüfstein", ["qa"]),
    ),
    Persona(
        "coordination",
        NETWORK,
        "Koordinierungsstelle",
        "Gibt Leistungen frei und sieht, wer sie nachnutzt.",
        SUBSTANTIAL,
        _staff("Kim", "Überblick", ["coordination"]),
    ),
    Persona(
        "operator",
        NETWORK,
        "Betrieb",
        "Hält die Plattform am Laufen und behebt Störungen.",
        HIGH,
        _staff("Otto", "Betrieb", ["operator"]),
    ),
)

KINDS: Final = (PUBLIC, AUTHORITY, NETWORK)
#: key -> person, in the order in which they are shown
PERSONAS: Final[Mapping[str, Persona]] = {persona.key: persona for persona in _ALL}
