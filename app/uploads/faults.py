"""Beanstandungen: what to tell a person whose file is not accepted."""

from collections.abc import Sequence

from app.errors import FieldFault, Invalid
from app.uploads.kinds import FileKind

#: what the probes may find wrong with a file that is what it says it is
PROBE_FAULTS = {
    "unreadable": (
        "Wir können diese Datei nicht lesen. Vielleicht ist sie beschädigt. Bitte öffnen Sie sie "
        "auf Ihrem Gerät, speichern Sie sie neu und laden Sie sie noch einmal hoch."
    ),
    "encrypted": (
        "Diese PDF-Datei ist geschützt, zum Beispiel mit einem Kennwort. Bitte öffnen Sie sie, "
        "wählen Sie „Drucken“ und als Drucker „Als PDF speichern“. Laden Sie dann die neue Datei "
        "hoch."
    ),
    "active_content": (
        "Diese PDF-Datei enthält mehr als Text und Bilder, zum Beispiel ein Programm oder einen "
        "Dateianhang. Bitte öffnen Sie sie, wählen Sie „Drucken“ und als Drucker „Als PDF "
        "speichern“. Laden Sie dann die neue Datei hoch."
    ),
    "too_many_pixels": (
        "Dieses Bild hat mehr als 40 Megapixel. Bitte verkleinern Sie das Bild und laden Sie es "
        "noch einmal hoch."
    ),
    "too_many_pages": (
        "Diese PDF-Datei hat mehr als 500 Seiten. Bitte laden Sie nur die Seiten hoch, die wir "
        "brauchen."
    ),
}


def probe_fault(code: str) -> Invalid:
    """Say what a probe found; ``code`` is a key of ``PROBE_FAULTS``."""
    return _invalid(code, PROBE_FAULTS[code])


def empty() -> Invalid:
    """Say that nothing is in the file."""
    return _invalid("empty", "Diese Datei ist leer. Bitte wählen Sie eine andere Datei.")


def too_large(max_size_bytes: int) -> Invalid:
    """Say that the file is larger than ``max_size_bytes``."""
    return _invalid(
        "too_large",
        f"Diese Datei ist zu groß. Sie darf höchstens {german_size(max_size_bytes)} groß sein. "
        "Bitte wählen Sie eine kleinere Datei.",
    )


def bad_name(kinds: Sequence[FileKind]) -> Invalid:
    """Say that the name does not tell the kind of file."""
    endings = german_list([f"„.{kind.extensions[0]}“" for kind in kinds])
    return _invalid(
        "bad_name",
        "Der Dateiname verrät nicht, was für eine Datei das ist. Bitte geben Sie der Datei einen "
        f"Namen, der auf {endings} endet.",
    )


def wrong_type(kinds: Sequence[FileKind]) -> Invalid:
    """Say which kinds of file are accepted here."""
    return _invalid(
        "wrong_type",
        "Diese Art von Datei können wir hier nicht annehmen. Bitte wählen Sie "
        f"{german_list([kind.a_file for kind in kinds])}.",
    )


def type_mismatch(announced: FileKind, actual: FileKind | None) -> Invalid:
    """Say that the content is not what the name says; ``actual`` is an accepted kind or None."""
    if actual is None:
        message = (
            f"Diese Datei ist {announced.no_file}. Bitte wählen Sie eine Datei, deren Inhalt zum "
            "Namen passt."
        )
    else:
        message = (
            f"Diese Datei ist {announced.no_file}, sondern {actual.a_file}. Bitte geben Sie ihr "
            f"einen Namen, der auf „.{actual.extensions[0]}“ endet, und laden Sie sie noch "
            "einmal hoch."
        )
    return _invalid("type_mismatch", message)


def german_size(size_bytes: int) -> str:
    """Write a size for people, e.g. ``10 MB``, ``1,5 MB`` or ``500 KB``; 1 MB is 1024 KB."""
    number, unit = (
        (size_bytes / 1024**2, "MB") if size_bytes >= 1024**2 else (size_bytes / 1024, "KB")
    )
    return f"{number:.1f}".removesuffix(".0").replace(".", ",") + f" {unit}"


def german_list(words: Sequence[str]) -> str:
    """Join with commas and a last ``oder``."""
    *first, last = words
    return f"{', '.join(first)} oder {last}" if first else last


def _invalid(code: str, message: str) -> Invalid:
    return Invalid([FieldFault("", code, message)])
