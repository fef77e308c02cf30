"""A team's quarter from `data/scenarios.json`, entered through Slack: who does what on which day."""

from collections.abc import Awaitable, Callable, Iterator

from tests.scenarios import experiments, scenarios
from tests.stories import team
from tests.stories.cashflow_project import (
    CHANNEL,
    JSON,
    KEY,
    METRIC,
    PROJECT,
    begin,
    page_of,
    typed,
)
from tests.stories.people import Person, Said
from tests.stories.world import World

TRIED = [one for one in experiments() if one["project"] == "cashflow"]
CHANGE = scenarios()["scope_changes"][0]
BLOCKER = next(one for one in scenarios()["blockers"] if one["project"] == "cashflow")
STARTS = scenarios()["meta"]["calendar"]["start"]
PEOPLE = {one["member"] for one in PROJECT["members"]}
Act = Callable[[World], Awaitable[None]]


def world(request_url: str | None, people: int = 0) -> JSON:
    """The scenario's people in the project's channel, on the Monday on which it starts."""
    seed = team.world(request_url, people)
    known = [one for one in scenarios()["members"] if one["id"] in PEOPLE]
    seed["clock"]["now"] = f"{STARTS}T06:00:00Z"
    seed["people"] = [
        {
            "id": team.user(one["id"]),
            "handle": one["id"],
            "name": one["name"],
            "tz": one["tz"],
            "admin": one["id"] == "maya",
        }
        for one in known
    ]
    members = [*(team.user(one["id"]) for one in known), team.BOT]
    seed["channels"] = [{"id": CHANNEL, "name": "ml-cashflow", "members": members}]
    return seed


def key(one: JSON) -> str:
    """“CASHFLOW-3” of the scenario's K3: they are started in its order."""
    return f"{KEY}-{TRIED.index(one) + 1}"


def days() -> Iterator[tuple[str, list[Act]]]:
    """What happens, by date, in order."""
    happened: dict[str, list[Act]] = {}
    for day, act in [(STARTS, begin), *_starts(), *_scope(), *_tried()]:
        happened.setdefault(day, []).append(act)
    yield from sorted(happened.items())


def _starts() -> Iterator[tuple[str, Act]]:
    for one in TRIED:
        yield one["started"], started(one)


def _scope() -> Iterator[tuple[str, Act]]:
    yield CHANGE["raised"], scope_changed
    for said in CHANGE["acknowledged"]:
        yield said["at"], read_by(said["member"])


def _tried() -> Iterator[tuple[str, Act]]:
    for one in TRIED:
        # On its first day an experiment is started after the question of that day.
        later = (day for day in one["updates"] if day != one["started"])
        yield from ((day, answered(one, day)) for day in later)
        yield from ((number["at"], measured(one, number)) for number in one["measurements"])
        if not in_time(one):
            yield one["criterion"]["set_at"], criterion_set(one)
        if one["concluded"]:
            yield one["concluded"], concluded(one)


def started(one: JSON) -> Act:
    async def act(world: World) -> None:
        hypothesis = one["hypothesis"]
        form = await world.person(one["owner"]).opens(f"/lab new {KEY}", CHANNEL)
        outcome = await form.submit(
            change=hypothesis["change"],
            because=hypothesis["because"],
            threshold=typed(one["criterion"]["threshold"]) if in_time(one) else "",
            timebox=str(one["timebox_working_days"]),
            category=one["category"],
        )
        assert outcome.form is not None, outcome
        if not in_time(one):
            # A missing criterion is asked for once; then it begins without one (S0-12).
            outcome = await outcome.form.submit(threshold="")
        assert outcome.form is not None, outcome
        assert key(one) in outcome.note, outcome.note
        await outcome.form.close()

    return act


def in_time(one: JSON) -> bool:
    """Whether its criterion was set when it began."""
    return bool(one["criterion"]["set_at"] == one["started"])


async def over(world: World, one: JSON) -> tuple[Person, Said]:
    """The experiment's page, as its owner reads it by `/lab show`."""
    owner = world.person(one["owner"])
    (said,) = await owner.type(f"/lab show {key(one)}", CHANNEL)
    return owner, said


def measured(one: JSON, number: JSON) -> Act:
    async def act(world: World) -> None:
        owner, said = await over(world, one)
        await owner.click("Add a number", on=said)
        outcome = await (await owner.form()).submit(
            value=typed(number["value"]), low=typed(number["low"]), high=typed(number["high"])
        )
        assert outcome.form is not None, outcome
        await outcome.form.close()

    return act


def answered(one: JSON, day: str) -> Act:
    """One click in the standup's DM; on the day on which the bank feed hangs, the whole form."""

    async def act(world: World) -> None:
        owner = world.person(one["owner"])
        asked = next(one for one in reversed(await owner.dms()) if "Update" in one.buttons)
        if BLOCKER["opened"] == day and one["id"] == BLOCKER["experiment"]:
            await owner.click("Update", near=one["hypothesis"]["change"], on=asked)
            outcome = await (await owner.form()).submit(
                learned="The provider wants other terms",
                blocker_kind=BLOCKER["kind"],
                blocker_text=BLOCKER["text"],
                blocker_owner=team.user(BLOCKER["owner"]),
            )
            assert outcome.kind == "closed", outcome
        else:
            await owner.click(
                "No change, still running", near=one["hypothesis"]["change"], on=asked
            )

    return act


def criterion_set(one: JSON) -> Act:
    async def act(world: World) -> None:
        owner, said = await over(world, one)
        await owner.click("More …", on=said, value="Criterion")
        outcome = await (await owner.form()).submit(threshold=typed(one["criterion"]["threshold"]))
        assert outcome.kind in {"closed", "updated"}, outcome

    return act


def concluded(one: JSON) -> Act:
    async def act(world: World) -> None:
        owner = world.person(one["owner"])
        form = await owner.opens(f"/lab conclude {key(one)}", CHANNEL)
        outcome = await form.submit(outcome=one["outcome"], learning=one["learning"])
        assert outcome.kind in {"closed", "updated"}, outcome
        if outcome.form is not None:
            await outcome.form.close()

    return act


async def scope_changed(world: World) -> None:
    """Tom narrows the scope; from the next day on a good result is measured anew."""
    tom = world.person(CHANGE["raised_by"])
    mark = METRIC["benchmarks"][1]
    effects = {one["role"]: one["what"] for one in CHANGE["affects"]}
    page = await page_of(tom)
    await page.click("Scope change")
    outcome = await (await tom.form()).submit(
        before=CHANGE["before"],
        after=CHANGE["after"],
        reason="data",
        because=CHANGE["reason"],
        for_design=effects["design"],
        for_engineering=effects["engineering"],
        told=[team.user(one) for one in CHANGE["notify"]],
        effective=mark["effective"],
        baseline=typed(mark["baseline"]),
        source=mark["baseline_source"],
        acceptance=typed(mark["acceptance"]),
    )
    assert outcome.form is not None, outcome
    await outcome.form.close()
    await (await tom.look()).close()
    await world.settled()


def read_by(member: str) -> Act:
    async def act(world: World) -> None:
        said = await world.person(member).reads(CHANNEL)
        posted = next(one for one in said if "Scope change" in one.text)
        await world.person(member).click("I've read it", on=posted)
        await world.settled()

    return act
