"""Grenzen: elements that the platform cannot run, whatever their author says about them."""

from collections.abc import Mapping

from app.engine.importing.sketch import Sketch

_UNSUPPORTED: Mapping[str, str] = {
    "complexGateway": "Komplexe Gateways werden nicht unterstützt. Bitte nehmen Sie ein anderes.",
    "adHocSubProcess": "Freie Abfolgen werden nicht unterstützt. Bitte zeichnen Sie Pfeile.",
}


def ask_unsupported(sketch: Sketch) -> None:
    """Name what has to be drawn in another way before anything else can be judged."""
    for name, message in _UNSUPPORTED.items():
        for element in sketch.all(name):
            sketch.ask(element, "unsupported_element", message)
