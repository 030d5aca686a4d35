"""Paketquelle: lets uv use the package index this machine's pip is set up for.

Prints shell lines for ``eval``; nothing is written down. uv reads no pip configuration itself.
"""

import ast
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping

#: pip's option, uv's variable, what separates several values there
_TRANSLATION = (
    ("index-url", "UV_DEFAULT_INDEX", " "),
    ("extra-index-url", "UV_INDEX", " "),
    ("find-links", "UV_FIND_LINKS", ","),
    ("trusted-host", "UV_INSECURE_HOST", " "),
    ("cert", "SSL_CERT_FILE", " "),
    ("no-index", "UV_NO_INDEX", " "),
)


def read_pip_config(listing: str) -> dict[str, str]:
    """Read what ``pip config list`` prints; environment wins over ``install`` over ``global``."""
    found: dict[str, dict[str, str]] = {"global": {}, "install": {}, ":env:": {}}
    for line in listing.splitlines():
        name, equals, value = line.partition("=")
        section, dot, option = name.rpartition(".")
        if equals and dot and section in found:
            found[section][option] = str(ast.literal_eval(value))
    return {**found["global"], **found["install"], **found[":env:"]}


def uv_variables(
    pip: Mapping[str, str], environment: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield the variables uv needs; those that are set already stay as they are."""
    for option, variable, separator in _TRANSLATION:
        value = separator.join(pip.get(option, "").split())
        if value and variable not in environment:
            yield variable, value
    if "extra-index-url" in pip and "UV_INDEX_STRATEGY" not in environment:
        # pip looks at all indexes; every file's hash is checked, whichever it comes from
        yield "UV_INDEX_STRATEGY", "unsafe-best-match"


def main() -> None:
    """Print one ``export`` line per variable."""
    pip = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    )
    for variable, value in uv_variables(read_pip_config(pip.stdout), os.environ):
        print(f"export {variable}={shlex.quote(value)}")


if __name__ == "__main__":
    main()
