"""Fehler in einem Ausdruck: what is wrong, said to the author of a service."""


class ExpressionFault(Exception):
    """An expression cannot be read or gives no result.

    ``message`` is German and names parts of the source, never values. ``column`` and ``line``
    count from 1 in the source as written; 0 means that the place is not known or that the whole
    expression is meant.
    """

    def __init__(self, message: str, column: int = 0, line: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.column = column
        self.line = line

    @property
    def where(self) -> str:
        """The place for people, e.g. ``Zeile 3, Stelle 5``; empty if it is not known."""
        if not self.column:
            return ""
        column = f"Stelle {self.column}"
        return f"Zeile {self.line}, {column}" if self.line > 1 else column


class MissingValue(ExpressionFault):
    """A name or a field has no value; ``wert`` and ``vorhanden`` forgive this one."""
