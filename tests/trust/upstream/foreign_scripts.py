"""Fremde Ausdrücke: the library's own evaluation, which its tests are written for.

It runs Python as it stands; nothing outside this harness may use it.
"""

from collections.abc import Mapping
from typing import Any

from app.engine.runtime.token import Token
from app.expressions.fault import ExpressionFault

#: what a message carries that names no payload: everything, as the library does it
ALL_DATA = "<all data>"


class ForeignScripts:
    """Stands where the engine's own evaluation stands, and asks an engine of the library."""

    def __init__(self, library: Any) -> None:
        self.library = library
        self.environment = _Environment(library)

    def evaluate(
        self, token: Token, expression: str, external_context: Mapping[str, Any] | None = None
    ) -> Any:
        if expression == ALL_DATA:
            return dict(token.data)
        return self.library.evaluate(_View(token), expression, external_context)

    def evaluate_on(self, _: str, expression: str, payload: Any) -> Any:
        return self.library.environment.evaluate(expression, payload)

    def execute(
        self, token: Token, script: str, external_context: Mapping[str, Any] | None = None
    ) -> Any:
        view = _View(token)
        answer = self.library.execute(view, script, external_context)
        view.write_back()
        return answer

    def __getattr__(self, name: str) -> Any:
        return getattr(self.library, name)

    def call_service(self, token: Token, **what: Any) -> Any:
        return self.library.call_service(_View(token), **what)


class _Environment:
    def __init__(self, library: Any) -> None:
        self._library = library

    def evaluate(self, expression: str, context: Any, external_context: Any = None) -> Any:
        try:
            return self._library.environment.evaluate(expression, context, external_context)
        except Exception as error:
            raise ExpressionFault(str(error)) from error


class _View:
    """A token with a plain dictionary of its data, which Python's ``exec`` insists on."""

    def __init__(self, token: Token) -> None:
        self._token = token
        self.data = dict(token.data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._token, name)

    def write_back(self) -> None:
        for name in [name for name in self._token.data if name not in self.data]:
            del self._token.data[name]
        for name, value in self.data.items():
            if name not in self._token.data or self._token.data[name] is not value:
                self._token.data[name] = value
