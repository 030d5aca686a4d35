"""Begrüßung: what people read once the trial is ready."""

from collections.abc import Iterable

WIDTH = 78


def banner(public_url: str, personas: Iterable[tuple[str, str]]) -> str:
    """Say where the trial is, who one can be there (key and sentence) and how to end it."""
    people = [f"  {key:<18} {sentence}" for key, sentence in personas]
    return "\n".join(
        [
            "",
            "─" * WIDTH,
            "  Antragswerk ist bereit:  " + public_url + "/",
            "─" * WIDTH,
            "",
            "  Dort führt Sie ein Rundgang in drei Minuten vom Antrag zum Bescheid.",
            "  Alle Personen sind erfunden, E-Mails werden nur im Ordner var/mail abgelegt.",
            "",
            "  Sie können sich anmelden als",
            "",
            *people,
            "",
            f"  Programmierschnittstelle  {public_url}/api/v1/",
            "  Zugriffstoken dafür       make -s token PERSONA=citizen",
            "",
            "  Beenden mit Strg+C",
            "",
        ]
    )
