"""The command line. A setting that is missing ends the program with one sentence, never a traceback."""

import asyncio
import json
import signal
import sys
from collections.abc import Callable, Coroutine
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot import logs
from bot.settings import Settings, SettingsError, load
from models.domain.digest import DigestFormat, DigestKind
from models.domain.errors import BotError
from models.domain.exported import Format
from models.domain.logbook import FIELDS
from models.domain.metric import Goal
from models.domain.project import Stage
from models.domain.review import ReviewKind

cli = typer.Typer(
    help="Labmate runs the ceremonies of machine-learning teams in Slack.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@cli.command()
def play(
    port: Annotated[int, typer.Option(help="The page's port; 0 takes a free one.")] = 8910,
    data_dir: Annotated[Path | None, typer.Option(help="Where everything is kept.")] = None,
    empty: Annotated[bool, typer.Option("--empty", help="No team, no experiments.")] = False,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
    fast_forward: Annotated[
        int, typer.Option(help="Let so many days go by before the page opens.", min=0, max=60)
    ] = 0,
) -> None:
    """Try the whole product with no Slack account: a workspace in a browser page, with a seeded team."""
    from bot.play import Options, start  # noqa: PLC0415  (only this command needs it)

    _run(lambda settings: start(settings, Options(port, data_dir, empty, browser, fast_forward)))


@cli.command()
def run() -> None:
    """Run the bot: Slack, scheduler and delivery in one process."""
    _run(_serve(listens=True, works=True))


@cli.command()
def web() -> None:
    """Listen to Slack's signed HTTP requests; `labmate worker` does the rest. PostgreSQL only."""
    _run(_serve(listens=True, works=False))


@cli.command()
def worker() -> None:
    """Scheduler and delivery, without listening to Slack; any number on one PostgreSQL."""
    _run(_serve(listens=False, works=True))


@cli.command()
def migrate() -> None:
    """Bring the database to the newest schema."""

    async def work(settings: Settings) -> None:
        from bot.schema import migrate as bring_up  # noqa: PLC0415  (only where something is migrated)

        changed = await bring_up(settings)
        _say("The database is at the newest schema." if changed else "Nothing to do.")

    _run(work)


@cli.command()
def manifest(
    url: Annotated[str, typer.Option(help="Where Slack reaches the bot, in HTTP mode.")] = "",
) -> None:
    """Print the Slack app manifest for this configuration."""

    async def work(settings: Settings) -> None:
        from bot.manifest import manifest as build  # noqa: PLC0415  (imports the handlers)

        _say(json.dumps(build(settings, url) if url else build(settings), indent=2))

    _run(work)


@cli.command()
def doctor() -> None:
    """Check settings, database, Slack, scopes, undelivered messages and clock; says what to do."""

    async def work(settings: Settings) -> None:
        from bot.doctor import examine  # noqa: PLC0415  (imports the handlers)

        findings = await examine(settings)
        for finding in findings:
            _say(finding.line)
        if not all(finding.well for finding in findings):
            raise typer.Exit(1)

    _run(work)


@cli.command("import", epilog=f"Fields: {', '.join(FIELDS)}.")
def import_(  # noqa: PLR0913, PLR0917  (one argument an option)
    file: Annotated[str, typer.Argument(help="CSV or JSON Lines; - is standard input.")],
    project: Annotated[str, typer.Option(help="The project's key, like NANO; new ones are made.")],
    name: Annotated[str | None, typer.Option(help="A new project's name.")] = None,
    metric: Annotated[str | None, typer.Option(help="Its primary metric.")] = None,
    goal: Annotated[Goal | None, typer.Option(help="Which way is better.")] = None,
    baseline: Annotated[float | None, typer.Option(help="What is to be beaten.")] = None,
    acceptance: Annotated[float | None, typer.Option(help="What is good enough.")] = None,
    min_delta: Annotated[
        float | None,
        typer.Option(help="The smallest change that counts; 5 % of the way if left out."),
    ] = None,
    map_: Annotated[
        list[str] | None,
        typer.Option(
            "--map", metavar="FIELD=COLUMN", help="Which column is which field; repeat it."
        ),
    ] = None,
    confirmed: Annotated[
        bool, typer.Option("--confirmed", help="Surprising numbers were confirmed already.")
    ] = False,
    stage: Annotated[
        Stage | None,
        typer.Option(help="Where a new project is; in development if the log doesn't say."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check all, write nothing.")] = False,
    format_: Annotated[
        Format | None, typer.Option("--format", help="If the file's ending doesn't say.")
    ] = None,
    workspace: Annotated[str, typer.Option(help="Its Slack id, if there are several.")] = "",
) -> None:
    """Import an experiment log into a project; importing it again changes nothing.

    A column with a field's name is that field. A row that can't be imported is named by its line, and
    nothing is imported then. A new project needs --metric, --goal, --baseline and --acceptance.
    """

    async def work(settings: Settings) -> None:
        from bot.transfer.bringing import Source, bring  # noqa: PLC0415  (imports the use cases)
        from models.landing import Target  # noqa: PLC0415  (the same)

        source = Source(file, format_, tuple(map_ or ()), workspace, dry_run)
        target = Target(
            *(project, name, metric, goal, baseline, acceptance, min_delta),
            confirmed=confirmed,
            stage=stage,
        )
        for line in await bring(settings, source, target):
            _say(line)

    _run(work)


@cli.command()
def export(
    project: Annotated[str | None, typer.Option(help="Only this project's.")] = None,
    format_: Annotated[Format, typer.Option("--format", help="How it is written.")] = Format.CSV,
    output: Annotated[str, typer.Option(help="The file; - is standard output.")] = "-",
    workspace: Annotated[str, typer.Option(help="Its Slack id, if there are several.")] = "",
) -> None:
    """Write every experiment with its numbers as CSV or JSON Lines, in the fields of `labmate import`."""

    async def work(settings: Settings) -> None:
        from bot.transfer.giving import give  # noqa: PLC0415  (imports the use cases)

        await give(settings, project, format_, output, workspace)

    _run(work)


@cli.command()
def checklists(
    kind: Annotated[ReviewKind, typer.Argument(help="Of which review.")],
    file: Annotated[
        str | None, typer.Argument(help="A changed one, as YAML; - is standard input.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check it, change nothing.")] = False,
    workspace: Annotated[str, typer.Option(help="Its Slack id, if there are several.")] = "",
) -> None:
    """Print the checklist in force, or put a changed one in force, from the next review on.

    What is wrong is said with its line. The four minimum checks of a launch stay as they are.
    """

    async def work(settings: Settings) -> None:
        from bot.transfer.checklists import File, lists  # noqa: PLC0415  (imports the use cases)

        sys.stdout.write(await lists(settings, File(kind, file, workspace, dry_run)))

    _run(work)


@cli.command()
def digest(
    kind: Annotated[DigestKind, typer.Argument(help="Which one.")],
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="As it read on that day; today if left out."),
    ] = None,
    project: Annotated[str | None, typer.Option(help="Only this project's.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print it; without this it is posted.")
    ] = False,
    format_: Annotated[
        DigestFormat,
        typer.Option("--format", help="Text, Slack's blocks as JSON, or a page to print."),
    ] = DigestFormat.TEXT,
    workspace: Annotated[str, typer.Option(help="Its Slack id, if there are several.")] = "",
) -> None:
    """Print a digest as of any date, or have it posted where it is scheduled.

    Posting needs a running bot, and is always as of now.
    """
    day = as_of.date() if as_of else None
    if not dry_run and (day or project):
        _say("labmate: --as-of and --project only print: add --dry-run.", to_errors=True)
        raise typer.Exit(2)

    async def work(settings: Settings) -> None:
        from bot import digest as digests  # noqa: PLC0415  (imports the use cases)

        wanted = digests.Wanted(day, project, workspace, kind)
        if dry_run:
            _say(await digests.printed(settings, wanted, format_))
        else:
            count = await digests.posted(settings, wanted)
            if not count:
                _say(f"labmate: no {kind.value} digest is scheduled.", to_errors=True)
                raise typer.Exit(1)
            _say(f"{count} on the way.")

    _run(work)


def _serve(*, listens: bool, works: bool) -> Callable[[Settings], Coroutine[Any, Any, None]]:
    async def work(settings: Settings) -> None:
        from bot.serve import serve  # noqa: PLC0415  (so that --help is quick)

        await serve(settings, listens=listens, works=works, until=_stopped)

    return work


async def _stopped() -> None:
    """Until SIGINT or SIGTERM."""
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    await stopped.wait()


def _run(work: Callable[[Settings], Coroutine[Any, Any, None]]) -> None:
    try:
        settings = load()
        logs.configure(settings.labmate_log)
        asyncio.run(work(settings))
    except SettingsError as error:
        _say(f"labmate: {error}", to_errors=True)
        raise typer.Exit(2) from error
    except BotError as error:
        for line in error.sentence.splitlines():
            _say(f"labmate: {line}", to_errors=True)
        raise typer.Exit(1) from error


def _say(line: str, *, to_errors: bool = False) -> None:
    (sys.stderr if to_errors else sys.stdout).write(f"{line}\n")


def main() -> None:
    """The `labmate` command."""
    cli()
