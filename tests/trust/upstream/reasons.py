"""Gründe: how the engine differs from the library, on purpose."""

REWIND = "A case goes on; it is never set back to an earlier task."
NO_PREDICTION = "What nothing has reached does not exist, so it is neither counted nor cancelled."
SHARED = "All ways and parts of a case share its data; nothing is copied or taken back."
DATA_DRAWN = "Data objects, data stores, inputs and outputs are documentation."
LISTS = "A repeated task takes a list or a number and gives a new list."
CORRELATION = (
    "A wait names its correlation values and all must match; messages leave no other trace."
)
START = "A case is one process that begins with its application, at one plain start."
FAILED_STEP = "A step that fails is an incident and discarded whole; no task is left in error."
AT_ONCE = "What is due or interrupted takes effect at once, not with the next call."
NEAREST = "An error goes to one event: the one for its code, else the one for any."
UNHEARD = "An escalation that nothing catches is over; it does not leave the case."
TOO_EARLY = "A join waits for every way (BPMN 2.0.2, table 13.1), the library not always."
SERVICE = "The result of a service goes to the key that the model names, else nowhere."
TABLES = "Decision tables are the engine's own."
RULES = "The rules refuse this at deployment, not the parser."
FORMAT = "The library's own state format and its comparison of versions are not in use."
LIBRARY_PARTS = (
    "The test looks at parts of the library itself, such as inner nodes or spec classes."
)
LIBRARY_FAILS = "The library fails its own test in the same way."
