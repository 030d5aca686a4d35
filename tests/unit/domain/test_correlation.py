import pytest

from app.domain.correlation import correlation_key

VALUES = {"aktenzeichen": "MU-2026-000001", "betrag": 100}


def test_a_key_says_nothing_about_its_values():
    key = correlation_key(VALUES)
    assert len(key) == 64
    assert set(key) <= set("0123456789abcdef")


@pytest.mark.parametrize(
    "same",
    [
        {"betrag": 100, "aktenzeichen": "MU-2026-000001"},
        {"aktenzeichen": "MU-2026-000001", "betrag": 100.0},
    ],
)
def test_equal_values_have_equal_keys(same):
    assert correlation_key(same) == correlation_key(VALUES)


def test_lists_and_objects_are_compared_inside():
    one = {"teile": [1, {"a": 2.0, "b": None}]}
    assert correlation_key(one) == correlation_key({"teile": [1.0, {"b": None, "a": 2}]})
    assert correlation_key(one) != correlation_key({"teile": [{"a": 2, "b": None}, 1]})


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"aktenzeichen": "MU-2026-000001"},
        {"aktenzeichen": "MU-2026-000001", "betrag": "100"},
        {"aktenzeichen": "MU-2026-000001", "betrag": 100.5},
        {"aktenzeichen": "MU-2026-000001", "betrag": True},
        {"Aktenzeichen": "MU-2026-000001", "betrag": 100},
        {**VALUES, "mehr": None},
    ],
)
def test_other_values_have_another_key(other):
    assert correlation_key(other) != correlation_key(VALUES)


def test_yes_is_not_one():
    assert correlation_key({"n": True}) != correlation_key({"n": 1})
