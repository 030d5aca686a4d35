"""Befunde: what is wrong with a form definition, collected so that an author sees all at once."""

from app.errors import BundleInvalid, FieldFault

_MAX_FINDINGS = 100


class Findings:
    """Collects faults while one form is compiled; pointers lead into its schema."""

    def __init__(self, form_key: str) -> None:
        self._form_key = form_key
        self._faults: list[FieldFault] = []

    def add(self, pointer: str, code: str, message: str) -> None:
        """Note one fault; ``message`` is a German sentence for the author."""
        if len(self._faults) < _MAX_FINDINGS:
            self._faults.append(FieldFault(pointer, code, message))

    @property
    def count(self) -> int:
        """How many were noted so far."""
        return len(self._faults)

    def stop_if_any(self) -> None:
        """End the compilation here when something was found.

        :raises BundleInvalid: with everything found so far.
        """
        if self._faults:
            raise BundleInvalid(self._faults, subject=self._form_key)
