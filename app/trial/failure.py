"""Abbruch: why the trial cannot start, in one sentence for the person at the keyboard."""


class TrialFailed(Exception):
    """The trial cannot go on; the message is German, says what to do and is printed as it is."""
