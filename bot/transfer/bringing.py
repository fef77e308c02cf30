"""`labmate import`: a file is read and checked as a whole, then imported in one transaction."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import typer

from bot.clock import SystemClock
from bot.schema import reaching, schema
from bot.settings import Settings
from bot.transfer.columns import in_the_words_of_the_file, log_of, mapped
from bot.transfer.files import read
from models.db import Database
from models.domain.errors import CannotImport
from models.domain.exported import Format
from models.domain.logbook import Entry
from models.domain.project import KEY_PATTERN, Stage
from models.importing import Imported, import_log
from models.landing import Target
from models.workspaces import settle_locally, the_only_one

EARLIEST_ZONE = timedelta(hours=14)
"""What is today somewhere is not in the future."""
PATIENT_MS = 15_000
"""How long another process that writes is waited for: nobody's click depends on it."""


@dataclass(frozen=True)
class Source:
    """The file, and how it is read."""

    name: str
    kind: Format | None
    columns: tuple[str, ...]
    workspace: str
    dry_run: bool


async def bring(settings: Settings, source: Source, target: Target) -> list[str]:
    """Import a file into a project; the sentences to print.

    Raises:
        CannotImport: the file, the options or the project can't be used.
        LogRefused: rows that can't be imported; nothing was.
        SettingsError: the database can't be used.
    """
    now = SystemClock().now()
    _require_sense(target)
    table = read(source.name, source.kind)
    columns = mapped(table, source.columns)
    log, others = log_of(table, columns, target.project, _latest(now))
    await schema(settings)
    with reaching(), in_the_words_of_the_file(columns):
        done = await _import(settings, source, target, log, now)
    unused = [column for column in table.columns if column not in columns.values()]
    return _report(done, source, others, unused)


def _require_sense(target: Target) -> None:
    if not KEY_PATTERN.fullmatch(target.project):
        raise CannotImport(
            f"--project {target.project} is not a key: 2 to 10 capital letters and digits, like NANO."
        )
    if target.min_delta is not None and target.min_delta <= 0:
        raise CannotImport("--min-delta is the smallest change that counts: more than 0.")


def _latest(now: datetime) -> date:
    return (now + EARLIEST_ZONE).date()


async def _import(
    settings: Settings, source: Source, target: Target, log: list[Entry], now: datetime
) -> Imported:
    db = Database(settings.database_url, busy_ms=PATIENT_MS)
    try:
        async with db.writing(None) as session:
            workspace = await the_only_one(session, source.workspace)
            workspace = workspace or await settle_locally(session, now)
            session.info["workspace_id"] = workspace.id
            with _progress(len(log)) as told:
                done = await import_log(session, target, log, now=now, told=told)
            if source.dry_run:
                await session.rollback()
    finally:
        await db.close()
    return done


@contextmanager
def _progress(length: int) -> Iterator[Callable[[int], None]]:
    """A progress bar on standard error, where somebody looks at it."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with typer.progressbar(length=length, label="Importing", file=sys.stderr) as bar:
        yield bar.update


def _report(done: Imported, source: Source, others: int, unused: list[str]) -> list[str]:
    new = " (a new project)" if done.is_new else ""
    lines = [
        f"{done.project}{new}: {_count(done.experiments, 'experiment')}, {done.new:,} new, "
        f"with {_count(done.numbers, 'number')}."
    ]
    if done.new and not done.is_new and done.stage is Stage.CONCEPTION:
        lines.append(
            f"{done.project} is still in conception, as it was: in Slack, /lab project {done.project} "
            "moves it to where its experiments are."
        )
    if done.surprising:
        lines.append(
            f"{_count(done.surprising, 'number')} would surprise: to be confirmed by somebody "
            "(--confirmed says that they are)."
        )
    if done.differing:
        shown = ", ".join(map(str, done.differing[:20])) + (", …" if done.differing[20:] else "")
        lines.append(
            f"{_count(len(done.differing), 'row')} said something else than what is recorded, "
            f"which stays as it is (line{'s' * (len(done.differing) > 1)} {shown})."
        )
    if others:
        lines.append(f"{_count(others, 'row')} of other projects left out.")
    if unused:
        lines.append(f"Columns left out: {', '.join(unused)}.")
    if source.dry_run:
        lines.append("Nothing was written: this was a dry run.")
    return lines


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
