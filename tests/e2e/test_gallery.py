"""The gallery: every component in every state, usable by everybody, in light and dark."""

import pytest

GALLERY = "/fabrik/formulare/galerie"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_component_is_sound_in_both_themes(person, sound, width, dark):
    visitor = person(dark=dark)
    visitor.set_viewport_size({"width": 320 if width == 360 else width, "height": 800})
    visitor.goto(GALLERY)

    sound(visitor, f"gallery-{'dark' if dark else 'light'}")
    if width == 360:
        visitor.set_viewport_size({"width": 360, "height": 800})
        sound(visitor, f"gallery-at-360-{'dark' if dark else 'light'}")


def test_the_gallery_needs_no_script(person):
    visitor = person(javascript=False)
    visitor.goto(GALLERY)

    assert visitor.get_by_role("heading", level=2).count() > 20
