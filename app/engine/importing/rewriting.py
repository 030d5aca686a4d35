"""Umschreiben: all rewritings of a foreign model, in the order in which they build on another."""

from collections.abc import Callable

from app.engine.importing.borders import add_borders
from app.engine.importing.camunda import settle_camunda
from app.engine.importing.events import settle_events
from app.engine.importing.failures import settle_failures
from app.engine.importing.flow_repairs import drop_idle_conditions, repair_edges, repair_flows
from app.engine.importing.links import join_links
from app.engine.importing.repetitions import settle_repetitions
from app.engine.importing.sketch import Sketch
from app.engine.importing.splits import add_splits
from app.engine.importing.subprocesses import fill_subprocesses
from app.engine.importing.tasks import settle_tasks
from app.engine.importing.tidying import renew_ends, tidy
from app.engine.importing.unsupported import ask_unsupported
from app.engine.importing.vendor_texts import translate_texts
from app.engine.importing.zeebe import settle_zeebe

REWRITINGS: tuple[Callable[[Sketch], None], ...] = (
    tidy,
    ask_unsupported,
    repair_flows,
    drop_idle_conditions,
    settle_camunda,
    settle_zeebe,
    translate_texts,
    settle_tasks,
    settle_repetitions,
    join_links,
    fill_subprocesses,
    repair_edges,
    settle_events,
    settle_failures,
    add_borders,
    add_splits,
    renew_ends,
)


def rewrite(sketch: Sketch) -> None:
    """Rewrite a model in place so that it means the same in our terms."""
    for rewriting in REWRITINGS:
        rewriting(sketch)
