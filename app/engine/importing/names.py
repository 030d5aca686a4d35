"""Kennungen: ids that nothing else in a file has."""

from collections import defaultdict
from collections.abc import Iterable


class Names:
    """The ids of one file; handing out a new one takes the same time however many there are."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._last: defaultdict[str, int] = defaultdict(lambda: 1)

    def is_free(self, key: str) -> bool:
        """Tell whether nothing has this id yet."""
        return key not in self._taken

    def fresh(self, stem: str) -> str:
        """Give ``stem`` itself or, where it is taken, with the next number."""
        key = stem
        while key in self._taken:
            self._last[stem] += 1
            key = f"{stem}_{self._last[stem]}"
        self._taken.add(key)
        return key
