"""Boot: puts one application together; the only module that knows everything."""

from flask import Flask
from flask_migrate import Migrate

from app.config import Config
from app.logs import configure_logs
from app.models import tables
from app.models.base import db
from app.web import csrf, headers, page_context, problems, sign_in
from app.web import format as formats
from app.web.api import api
from app.web.casework import views as casework
from app.web.citizen import account, form_pages, services
from app.web.operations import health
from app.web.trial import gallery, identity_provider, landing
from app.wiring import Parts, connect


def create_app(config: Config, parts: Parts | None = None) -> Flask:
    """Build one application; reads no environment and opens no connection.

    Tests hand in their own ``parts``; a server gets those that ``config`` names.
    """
    configure_logs()
    app = Flask("app")
    app.config.from_mapping(config.for_flask())
    app.extensions["parts"] = parts or connect(config)
    app.extensions["tables"] = tables.MODULES
    db.init_app(app)
    Migrate(app, db, directory="storage/migrations")
    problems.attach(app)
    headers.attach(app)
    csrf.attach(app)
    formats.attach(app)
    page_context.attach(app)
    for blueprint in (
        health.operations,
        sign_in.sign_in,
        services.citizen,
        form_pages.application_pages,
        account.account,
        casework.casework,
    ):
        app.register_blueprint(blueprint)
    api.attach(app)
    if config.trial_folder is not None:
        app.register_blueprint(landing.trial)
        app.register_blueprint(gallery.gallery)
        app.register_blueprint(identity_provider.provider)
    return app
