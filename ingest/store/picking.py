"""Which reading of each document is meant, as a query. The views are made of the same queries."""

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, select

from ingest.store.tables import readings, runs, sources, versions
from ingest.store.values import Selection


def latest_sources(run: int | None = None) -> Select[tuple[str]]:
    """The sources as they are now, or as they were at the end of a run: all columns."""
    later = sources.alias("later")
    is_later = and_(later.c.key == sources.c.key, later.c.run_id > sources.c.run_id)
    if run is None:
        return select(*sources.c).where(~exists().where(is_later))
    newer = exists().where(and_(is_later, later.c.run_id <= run))
    return select(*sources.c).where(sources.c.run_id <= run, ~newer)


def picked_readings(selection: Selection, version_id: int | None = None) -> Select[tuple[int, str]]:
    """The readings of a selection: columns `id`, `sha256`, `source`.

    `version_id` is the row of `selection.version`, where the selection is of one version.
    """
    if selection.version is not None:
        columns = (readings.c.id, readings.c.sha256, readings.c.source)
        return select(*columns).where(readings.c.version_id == version_id)
    held = latest_sources(selection.run).subquery("held")
    ranked = (
        select(
            readings.c.id,
            readings.c.sha256,
            readings.c.source,
            func.row_number()
            .over(partition_by=readings.c.sha256, order_by=_newest_first(selection.run))
            .label("rank"),
        )
        .join_from(readings, versions, readings.c.version_id == versions.c.id)
        .where(exists().where(held.c.sha256 == readings.c.sha256))
    )
    if selection.run is not None:
        ranked = ranked.where(readings.c.run_id <= selection.run)
    picked = ranked.subquery("ranked")
    return select(picked.c.id, picked.c.sha256, picked.c.source).where(picked.c.rank == 1)


def _newest_first(run: int | None) -> list[ColumnElement[object]]:
    """The order of the readings of one document: the run's own version, then the newest."""
    order: list[ColumnElement[object]] = [versions.c.number.desc(), versions.c.id.desc()]
    if run is None:
        return order
    own = select(runs.c.version_id).where(runs.c.id == run).scalar_subquery()
    is_own = case((readings.c.version_id == own, literal(0)), else_=literal(1))
    return [is_own, *order]
