"""A JSON body is read strictly: no bombs, nothing that means two things."""

import json

import pytest

from app.web.json_body import MAX_DEPTH, MAX_NODES, UnreadableJson, read_json


def nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


def test_plain_json_comes_back_as_it_was():
    value = {"antrag": {"name": "Jürgen Weiß 😀", "zahl": 12.5, "ja": True, "leer": None}, "l": [1]}
    assert read_json(json.dumps(value).encode()) == value
    assert read_json(json.dumps(value, ensure_ascii=False).encode()) == value


def test_the_order_of_names_is_kept():
    assert list(read_json(b'{"b": 1, "a": 2}')) == ["b", "a"]


@pytest.mark.abuse("A10")
@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"{'a': 1}",
        b'{"a": 1,}',
        b'{"a": 1} {"b": 2}',
        b"[" * 400_000,
        b'{"a":' * 100_000,
        nested(MAX_DEPTH + 1),
        b'{"a": 1, "a": 2}',
        b'{"x": {"a": 1, "\\u0061": 2}}',
        b"NaN",
        b'{"a": Infinity}',
        b'{"a": -Infinity}',
        b'{"a": 1e400}',
        b'{"a": 1234567890123456}',
        b"9" * 5000,
        b"0." + b"1" * 5000,
        b'{"a": "\\ud800"}',
        b'{"\\udfff": 1}',
        b'{"a": "\\u0000"}',
        b'{"a\\u0000": 1}',
        b'{"a": "\x00"}',
        b"\xef\xbb\xbf{}",
        '{"a": 1}'.encode("utf-16"),
        b'{"a": "\xff"}',
        b"[" + b"1," * MAX_NODES + b"1]",
    ],
    ids=lambda raw: repr(raw[:24]),
)
def test_a_bomb_or_an_ambiguous_body_is_refused(raw):
    with pytest.raises(UnreadableJson):
        read_json(raw)


def test_the_limits_themselves_are_allowed():
    assert read_json(nested(MAX_DEPTH))
    assert len(read_json(json.dumps([1] * (MAX_NODES - 1)).encode())) == MAX_NODES - 1
    assert read_json(b"999999999999999") == 999_999_999_999_999
    assert read_json(b'"\\ud83d\\ude00"') == "😀"


def test_the_message_never_repeats_the_content():
    with pytest.raises(UnreadableJson) as refused:
        read_json(b'{"geheim": 1, "geheim": 2}')
    assert "geheim" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_a_body_of_a_megabyte_of_lists_is_refused():
    with pytest.raises(UnreadableJson):
        read_json(b"[" + b"[]," * 340_000 + b"[]]")
