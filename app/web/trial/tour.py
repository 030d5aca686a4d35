"""Rundgang: the five steps a visitor of the trial takes, from application to adoption."""

from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class TourStep:
    """One step; ``persona`` and ``target`` (a path) are empty while the step is not built yet."""

    number: int
    title: str
    text: str
    duration: str = ""
    who: str = ""
    persona: str = ""
    target: str = ""
    button: str = ""

    @property
    def is_open(self) -> bool:
        """Whether a visitor can take it today."""
        return bool(self.persona)

    @property
    def address(self) -> str:
        """Where the button leads: sign in as the persona, then straight to the page."""
        return "/anmelden?" + urlencode({"als": self.persona, "weiter": self.target}, safe="/")


TOUR = (
    TourStep(
        number=1,
        title="Einen Antrag stellen",
        text="Sie haben im Garten einen Wasserzähler eingebaut und melden ihn an: "
        "wenige Fragen, ein Foto, ein Klick. Die Eingangsbestätigung kommt sofort.",
        duration="etwa 2 Minuten",
        who="Bürgerin",
        persona="citizen",
        target="/musterstadt/wasserzwischenzaehler/",
        button="Als Bürgerin beginnen",
    ),
    TourStep(
        number=2,
        title="Darüber entscheiden",
        text="In der Stadtverwaltung liegt der Antrag schon im Arbeitsvorrat. "
        "Sie sehen Angaben, Nachweise und Verlauf auf einer Seite und erteilen den Bescheid.",
        duration="etwa 1 Minute",
        who="Sachbearbeitung",
        persona="caseworker",
        target="/arbeit",
        button="Zur Sachbearbeitung",
    ),
    TourStep(
        number=3,
        title="Den Bescheid lesen",
        text="Wieder zu Hause: Der Bescheid liegt im Postfach, zum Lesen im Browser "
        "und als barrierefreies PDF mit dem Briefkopf der Stadt.",
        duration="wenige Sekunden",
        who="Bürgerin",
        persona="citizen",
        target="/konto/postfach",
        button="Postfach öffnen",
    ),
    TourStep(
        number=4,
        title="Ein Prozessmodell hochladen",
        text="Eine Digitalisierungsfabrik lädt eine neue Leistung hoch. "
        "Die Plattform prüft sie und sagt genau, was bis zur Freigabe noch fehlt.",
        who="Digitalisierungsfabrik",
    ),
    TourStep(
        number=5,
        title="Eine Leistung übernehmen",
        text="Eine Kommune übernimmt die fertige Leistung, passt Gebühr, Frist und Briefkopf an "
        "und veröffentlicht sie unter eigenem Namen.",
        who="Kommune",
    ),
)
