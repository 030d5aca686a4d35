"""What authors may be told: German sentences that say what to write instead."""

import re

_QUOTED = re.compile(r"„[^“]*“")
_ENGLISH = re.compile(
    r"\b(?:the|is|not|invalid|syntax|error|unexpected|expected|was|never|closed|cannot|can't|"
    r"forgot|perhaps|maybe|object|attribute|argument|type|token|literal|character|EOF|EOL|indent|"
    r"statement|expression|assign|keyword|function|module|name '|line|None|True|False)\b",
    re.IGNORECASE,
)
_SENTENCE_END = (".", "?")


def assert_kind(message):
    """Fail unless the message is German sentences that an author understands."""
    outside = _QUOTED.sub("", message)
    outside = outside.replace("None, True und False", "")
    assert not _ENGLISH.search(outside), message
    assert message[0].isupper() or message[0] == "„", message
    assert message.endswith(_SENTENCE_END), message
    assert message.count("„") == message.count("“"), message
    assert len(message) < 250, message
