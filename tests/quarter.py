"""The made-up quarter as the findings want it: its projects as of a date."""

from datetime import date
from typing import Any

from models.domain.facts import Person
from models.domain.findings.kinds import StopMark
from models.domain.findings.state import (
    Addressee,
    Blocker,
    Experiment,
    Member,
    Notice,
    Number,
    Project,
    Review,
    Standups,
)
from models.domain.live import Live, live
from models.domain.metric import Goal
from models.domain.project import ProjectStatus, Stage
from tests.scenarios import (
    away,
    day,
    experiments,
    mark_on,
    measured,
    metric,
    progress,
    scenarios,
    yardstick,
)

EXPERIMENTS = [one["id"] for one in experiments()]
PEOPLE = [one["id"] for one in scenarios()["members"]]
REVIEWS = [one["id"] for one in scenarios()["reviews"]]
START = date.fromisoformat(scenarios()["meta"]["calendar"]["start"])


def quarter(today: date) -> list[Project]:
    """Stage, status and touchpoint have no history there: today's stand for every date."""
    return [_project(one, today) for one in scenarios()["projects"]]


def _project(of: dict[str, Any], today: date) -> Project:
    key = of["key"]
    primary = next(
        (
            one["key"]
            for one in scenarios()["metrics"]
            if (one["project"], one["kind"]) == (key, "primary")
        ),
        None,
    )
    rows = [(n, one) for n, one in enumerate(experiments()) if one["project"] == key]
    return Project(
        project_id=[one["key"] for one in scenarios()["projects"]].index(key),
        key=key,
        name=of["name"],
        stage=Stage(of["stage"]),
        status=ProjectStatus.ACTIVE,
        stage_since=START,
        progress=None if primary is None else progress(key, primary, today),
        live=None if primary is None else _live(key, primary, today),
        stop=_stop(of, today),
        touchpoint=day(of["next_touchpoint"]),
        decisions=tuple(_decisions(key)),
        reviews=tuple(_reviews(key)),
        blockers=tuple(_blockers(key, None)),
        notices=tuple(_notices(key)),
        experiments=tuple(_experiment(n, one) for n, one in rows if one["started"] <= str(today)),
        ended=tuple(date.fromisoformat(one["concluded"]) for _, one in rows if one["concluded"]),
        standups=Standups(tuple(one.lower() for one in scenarios()["meta"]["standup"]["days"])),
    )


def _live(project: str, key: str, today: date) -> Live | None:
    of = metric(project, key)
    return live(measured(project, key), yardstick(of), mark_on(of, today), today=today)


def _stop(of: dict[str, Any], today: date) -> StopMark | None:
    mark = of["kill_criterion"]
    if mark is None:
        return None
    return StopMark(
        by=date.fromisoformat(mark["by"]),
        threshold=mark["threshold"],
        goal=Goal(metric(of["key"], mark["metric"])["goal"]),
        best=progress(of["key"], mark["metric"], today).best,
    )


def _decided(review: dict[str, Any], project: str) -> bool:
    per_project = [one["project"] for one in review.get("per_project", [])]
    return project in per_project or (
        review["project"] == project and review.get("decision") is not None
    )


def _decisions(project: str) -> list[date]:
    return [
        date.fromisoformat(one["held"])
        for one in scenarios()["reviews"]
        if one["held"] and _decided(one, project)
    ]


def _reviews(project: str) -> list[Review]:
    return [
        Review(
            number,
            one["kind"],
            date.fromisoformat(one["due"]),
            held_on=day(one["held"]),
            decided_on=day(one["held"]) if _decided(one, project) else None,
        )
        for number, one in enumerate(scenarios()["reviews"])
        if one["project"] == project
    ]


def _blockers(project: str, experiment: str | None) -> list[Blocker]:
    return [
        Blocker(
            number,
            one["text"],
            _member(one["owner"]).person,
            date.fromisoformat(one["opened"]),
            day(one["resolved"]),
        )
        for number, one in enumerate(scenarios()["blockers"])
        if (one["project"], one["experiment"]) == (project, experiment)
    ]


def _notices(project: str) -> list[Notice]:
    return [
        Notice(
            number,
            date.fromisoformat(one["raised"]),
            tuple(
                Addressee(
                    _member(who),
                    next(
                        (day(ack["at"]) for ack in one["acknowledged"] if ack["member"] == who),
                        None,
                    ),
                )
                for who in one["notify"]
            ),
        )
        for number, one in enumerate(scenarios()["scope_changes"])
        if one["project"] == project
    ]


def _experiment(number: int, of: dict[str, Any]) -> Experiment:
    return Experiment(
        experiment_id=number,
        number=int(of["id"][1:]),
        title=of["title"],
        owner=_member(of["owner"]),
        started_on=day(of["started"]),
        timebox=of["timebox_working_days"],
        concluded_on=day(of["concluded"]),
        awaits_number=of["criterion"] is not None,
        numbers=tuple(
            Number(
                date.fromisoformat(row["at"]),
                day(row["excluded"] and row["excluded"]["at"]),
            )
            for row in of["measurements"]
        ),
        heard=tuple(date.fromisoformat(one) for one in of["updates"]),
        blockers=tuple(_blockers(of["project"], of["id"])),
    )


def _member(member: str) -> Member:
    number = PEOPLE.index(member)
    name = scenarios()["members"][number]["name"]
    return Member(Person(number, f"U{number}", name), away(member))
