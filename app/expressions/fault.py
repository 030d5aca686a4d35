"""Fehler in einem Ausdruck: what is wrong, said to the author of a service."""


class ExpressionFault(Exception):
    """An expression cannot be read or gives no result.

    ``message`` is German and names parts of the source, never values; ``column`` counts from 1,
    0 means the whole expression.
    """

    def __init__(self, message: str, column: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.column = column


class MissingValue(ExpressionFault):
    """A name or a field has no value; ``wert`` and ``vorhanden`` forgive this one."""
