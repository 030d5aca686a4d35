"""Vorbereitung: migrates and loads the demo data in one process, for a quick start."""

from app.cli import main as command_line

COMMANDS = ("migrate", "demo")


def main() -> None:
    """Run each command as an operator would; an error ends this process."""
    for command in COMMANDS:
        command_line([command], standalone_mode=False)


if __name__ == "__main__":
    main()
