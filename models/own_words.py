"""What one person wrote, for their own file: the words that `models.erasing` knows as theirs, no others."""

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, null, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models.domain.experiment import experiment_key
from models.erasing import ERASED, HYPOTHESES, IN_EVENTS, PERSONAL
from models.tables import (
    Blocker,
    CharterAnswer,
    Event,
    Experiment,
    Measurement,
    Notice,
    Project,
    Replay,
    Review,
    ReviewAnswer,
    Score,
    Snooze,
    StandupEntry,
)

CHUNK = 1_000
FIELDS = ("what", "field", "about", "at", "text")


class _Place(NamedTuple):
    """What a table is called, when its words were written, and which experiment or project they are about."""

    what: str
    at: Any
    experiment_id: Any = null()
    project_id: Any = null()


PLACES: dict[Any, _Place] = {
    StandupEntry: _Place(
        "standup answer", StandupEntry.answered_at, experiment_id=StandupEntry.experiment_id
    ),
    Experiment: _Place("experiment", Experiment.created_at, experiment_id=Experiment.id),
    Measurement: _Place(
        "number set aside", Measurement.excluded_on, experiment_id=Measurement.experiment_id
    ),
    Blocker: _Place(
        "in the way", Blocker.opened_at, Blocker.experiment_id, project_id=Blocker.project_id
    ),
    CharterAnswer: _Place("charter", CharterAnswer.at, project_id=CharterAnswer.project_id),
    Replay: _Place(
        "charter",
        select(Experiment.created_at)
        .where(Experiment.id == Replay.experiment_id)
        .scalar_subquery(),
        experiment_id=Replay.experiment_id,
    ),
    Score: _Place("score", Score.at, project_id=Score.project_id),
    ReviewAnswer: _Place(
        "review",
        ReviewAnswer.at,
        project_id=select(Review.project_id)
        .where(Review.id == ReviewAnswer.review_id)
        .scalar_subquery(),
    ),
    Snooze: _Place("put off", Snooze.created_at),
}
_About = aliased(Experiment)


async def own_words(session: AsyncSession, member_id: int) -> AsyncIterator[dict[str, str | None]]:
    """One text a row: what it is, about what, when, and the words; as many statements as tables hold words.

    What was erased is gone. The chronicle's lines come last: some say again what stands elsewhere.
    """
    for table, author, columns in (*PERSONAL, (Experiment, Experiment.owner_id, HYPOTHESES)):
        words = _written(table, PLACES[table], columns)
        async for row in _rows(session, words, table, author, member_id):
            for column, text in zip(columns, row[4:], strict=True):
                if text and text != ERASED:
                    yield _line(PLACES[table].what, column.key, row, text)
    asked = Notice.payload["by_id"].as_integer()
    for what, words, table, author, keys in (
        ("chronicle", _chronicle(), Event, Event.by_id, IN_EVENTS),
        ("help asked for", _asked_for_help(), Notice, asked, ("ask",)),
    ):
        async for row in _rows(session, words, table, author, member_id):
            for line in _in_json(what, keys, row):
                yield line


def _in_json(what: str, keys: Iterable[str], row: Sequence[Any]) -> list[dict[str, str | None]]:
    said = ((key, row[4].get(key)) for key in keys)
    return [_line(what, key, row, str(text)) for key, text in said if text and text != ERASED]


async def _rows(
    session: AsyncSession, words: Select[Any], table: Any, author: Any, member_id: int
) -> AsyncIterator[Sequence[Any]]:
    """The rows of one author, in chunks: a chunk that isn't full is the last."""
    after, full = 0, True
    while full:
        found = words.where(author == member_id, table.id > after).order_by(table.id).limit(CHUNK)
        chunk = (await session.execute(found)).all()
        for row in chunk:
            yield tuple(row)
        full = len(chunk) == CHUNK
        after = chunk[-1][0] if chunk else after


def _written(table: Any, place: _Place, columns: Iterable[Any]) -> Select[Any]:
    project_id: ColumnElement[Any] = func.coalesce(_About.project_id, place.project_id)
    return (
        select(table.id, place.at, _About.number, Project.key, *columns)
        .select_from(table)
        .outerjoin(_About, _About.id == place.experiment_id)
        .outerjoin(Project, Project.id == project_id)
    )


def _chronicle() -> Select[Any]:
    return (
        select(Event.id, Event.at, null(), Project.key, Event.data)
        .select_from(Event)
        .outerjoin(Project, Project.id == Event.project_id)
    )


def _asked_for_help() -> Select[Any]:
    """The words are in what the other person was told, and nowhere else."""
    return select(Notice.id, Notice.created_at, null(), null().label("key"), Notice.payload).where(
        Notice.kind == "help_wanted"
    )


def _line(what: str, field: str, row: Sequence[Any], text: str) -> dict[str, str | None]:
    _, at, number, key = row[:4]
    about = experiment_key(key, number) if key and number else key
    written: date | datetime | None = at
    return {
        "what": what,
        "field": field.replace("_", " "),
        "about": about,
        "at": written.isoformat() if written else None,
        "text": text,
    }
