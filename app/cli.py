"""Befehle: what an operator types; each is a few lines around a use case."""

import os
from pathlib import Path

import click
from flask_migrate import upgrade

from app.boot import create_app
from app.config import Config
from app.engine.importing.import_report import report_lines
from app.engine.quarantine.quarantine import Quarantine
from app.models.transaction import transaction
from app.usecases.operations.load_demo import load_demo
from app.usecases.operations.retry_case import retry_case
from app.web.trial.token import fetch_token

ROOT = Path(__file__).resolve().parent.parent


@click.group()
def main() -> None:
    """Antragswerk auf der Kommandozeile."""


@main.command()
def migrate() -> None:
    """Die Datenbank auf den Stand dieses Programms bringen."""
    with create_app(Config.from_env(os.environ)).app_context():
        upgrade(directory=str(ROOT / "storage" / "migrations"))


@main.command()
def demo() -> None:
    """Die erfundenen Kommunen des Probebetriebs und ihre Leistungen anlegen."""
    app = create_app(Config.from_env(os.environ))
    parts = app.extensions["parts"]
    with app.app_context(), transaction() as session:
        load_demo(session, ROOT, catalogue=parts.catalogue, now=parts.clock())


@main.command()
@click.argument("file_reference")
def retry(file_reference: str) -> None:
    """Einen Vorgang weiterführen, in dem ein Schritt fehlgeschlagen ist."""
    app = create_app(Config.from_env(os.environ))
    parts = app.extensions["parts"]
    with app.app_context(), transaction() as session:
        waiting = retry_case(
            session,
            file_reference,
            catalogue=parts.catalogue,
            engine=parts.engine,
            jobs=parts.jobs,
            now=parts.clock(),
        )
    click.echo(f"{file_reference}: Störungen geschlossen, {waiting} Schritte werden wiederholt.")


@main.command()
@click.argument("directory", required=False, type=click.Path(path_type=Path))
@click.pass_context
def bpmn_report(context: click.Context, directory: Path | None) -> None:
    """Fremde BPMN-Modelle eines Ordners prüfen: was sich übernehmen lässt und was noch fehlt."""
    if directory is None or not directory.is_dir():
        named = f"„{directory}“ ist kein Ordner. " if directory else ""
        click.echo(f"{named}Bitte nennen Sie den Ordner mit den Modellen.", err=True)
        context.exit(2)
    with Quarantine() as quarantine:
        for line in report_lines(directory, quarantine.examine):
            click.echo(line)


@main.command()
@click.argument("persona")
def token(persona: str) -> None:
    """Ein Zugriffstoken des laufenden Probebetriebs ausgeben."""
    click.echo(fetch_token(persona, os.environ))


if __name__ == "__main__":
    main()
