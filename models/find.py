"""Finding in the notebook: by words, and what was tried before in other words (S3-28).

The index is the database's own (revision 0004); what it finds is joined with the session's experiments, so
that nobody sees another workspace's, and guests nothing that they don't belong to (`models.visible`).
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    String,
    Subquery,
    bindparam,
    column,
    func,
    literal_column,
    select,
    table,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload

from models.domain.alike import alike
from models.domain.experiment import Status, experiment_key
from models.domain.find_facts import Found, FoundPage, TriedBefore
from models.domain.searching import Alike, for_fts5, for_postgresql, terms
from models.domain.similar import Tried, similar
from models.tables import Experiment

PAGE = 8
BEST = 200
"""How many of the best a search goes through."""
NEWEST = 2_000
"""Ranking reads every row: of those that match, so many of the newest are ranked."""
COMPARED = 200
"""How many experiments that share words with a hypothesis are compared with it."""
FTS5 = table(
    "experiment_search", column("rowid", Integer), column("experiment_search"), column("rank")
)
VECTOR: ColumnElement[Any] = literal_column("experiment.experiment_search")
ENGLISH: ColumnElement[Any] = literal_column("'english'::regconfig")


async def find(session: AsyncSession, words: str, *, offset: int = 0) -> FoundPage:
    """The experiments that have all of the words, the best first; those with some of them where none has all.

    At most two statements.
    """
    wanted = terms(words)
    for every in (True, False) if wanted else ():
        found = await _page(session, wanted, every=every, offset=offset)
        if found or offset:
            shown = tuple(_found(row) for row in found[:PAGE])
            return FoundPage(words, shown, offset, more=len(found) > PAGE, some=not every)
    return FoundPage(words, (), offset)


async def _page(
    session: AsyncSession, wanted: Sequence[str], *, every: bool, offset: int
) -> Sequence[Experiment]:
    hits = _hits(session, wanted, every=every, most=BEST, called=None if every else alike)
    statement = (
        select(Experiment)
        .join(hits, hits.c.id == Experiment.id)
        .order_by(hits.c.rank, Experiment.id.desc())
        .offset(offset)
        .limit(PAGE + 1)
        .options(joinedload(Experiment.project, innerjoin=True))
    )
    return (await session.scalars(statement)).all()


def _hits(
    session: AsyncSession,
    wanted: Sequence[str],
    *,
    every: bool,
    most: int,
    called: Alike | None = None,
) -> Subquery:
    """Ids of experiments with their rank, the lowest first."""
    if session.get_bind().dialect.name == "postgresql":
        query = _tsquery(for_postgresql(wanted, every=every, alike=called))
        # Other names make it find more; ranking by them, too, would take ten times as long.
        typed = _tsquery(for_postgresql(wanted, every=False))
        newest = (
            select(Experiment.id, VECTOR.label("vector"))
            .where(VECTOR.op("@@")(query))
            .order_by(Experiment.id.desc())
            .limit(_written(NEWEST))
            .subquery()
        )
        rank = (-func.ts_rank(newest.c.vector, typed)).label("rank")
        return select(newest.c.id, rank).order_by(rank).limit(_written(most)).subquery()
    match = for_fts5(wanted, session.info["workspace_id"], every=every, alike=called)
    ranked = (
        select(FTS5.c.rowid.label("id"), FTS5.c.rank.label("rank"))
        .where(FTS5.c.experiment_search.op("MATCH")(match))
        .order_by(FTS5.c.rowid.desc())
        .limit(NEWEST)
        .subquery()
    )
    return select(ranked).order_by(ranked.c.rank).limit(most).subquery()


def _written(count: int) -> ColumnElement[int]:
    """Spelled out, too: not knowing the limit, PostgreSQL would walk through all rows, newest first."""
    return literal_column(str(count), Integer)


def _tsquery(query: str) -> ColumnElement[Any]:
    """Spelled out in the statement: a plan for any words is forty times slower than one for these."""
    words = bindparam("tsquery", query, String, unique=True, literal_execute=True)
    return func.to_tsquery(ENGLISH, words)


async def tried_before(
    session: AsyncSession, change: str, because: str, *, follows_id: int | None = None
) -> TriedBefore | None:
    """Concluded experiments of the workspace that come close to a hypothesis, at most three; None without.

    The one that it follows is no surprise to anybody. At most two statements.
    """
    wanted = terms(f"{change} {because}")
    if not wanted:
        return None
    hits = _hits(session, wanted, every=False, most=COMPARED, called=alike)
    counted = aliased(Experiment)
    total = select(func.count(counted.id)).scalar_subquery()
    found = await session.execute(
        select(
            total,
            Experiment.id,
            Experiment.title,
            Experiment.change,
            Experiment.because,
            func.coalesce(Experiment.learning, ""),
            func.coalesce(Experiment.next_step, ""),
        )
        .join(hits, hits.c.id == Experiment.id)
        .where(Experiment.status == Status.CONCLUDED)
        .order_by(hits.c.rank, Experiment.id.desc())
    )
    rows = [row for row in found if row.id != follows_id]
    tried = [Tried(*row[1:]) for row in rows]
    matches = similar(change, because, tried, total=rows[0][0] if rows else 0)
    if not matches:
        return None
    close = await session.scalars(
        select(Experiment)
        .where(Experiment.id.in_([match.experiment_id for match in matches]))
        .options(joinedload(Experiment.project, innerjoin=True))
    )
    by_id = {row.id: row for row in close}
    return TriedBefore(change, tuple(_found(by_id[match.experiment_id]) for match in matches))


def _found(row: Experiment) -> Found:
    return Found(
        key=experiment_key(row.project.key, row.number),
        title=row.title,
        project_name=row.project.name,
        status=row.status,
        outcome=row.outcome,
        on=row.concluded_on or row.started_on,
        learning=row.learning,
        planned=row.next_step,
    )
