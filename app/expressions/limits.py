"""Grenzen: what one expression may use up, so that no model can stop the house."""

MAX_SOURCE_CHARS = 8_192
MAX_NODES = 1_500
MAX_DEPTH = 50
MAX_STEPS = 50_000
MAX_LENGTH = 200_000  # items of one list, characters of one text
MAX_ROOM = 1_000_000  # items and characters made in one evaluation
MAX_INTEGER_BITS = 512
MAX_EXPONENT = 64
MAX_DECIMAL_DIGITS = 40  # before or after the point
MAX_NUMBER_CHARS = 60
MAX_NESTING = 60  # lists and objects within each other, in results
