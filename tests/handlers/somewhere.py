"""A place where everything is there that a click could be about, and what each click and form carries."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from handlers.blocks.setup import ALL_PROJECTS
from handlers.ids import Click, Form
from handlers.right import Free, Right
from handlers.rights import CLICKS, FORMS, SHORTCUTS, VERBS
from models.db import Database
from models.domain.experiment import Outcome
from models.domain.notices import HelpWanted
from models.domain.permissions import ALLOWED, Who
from models.domain.project import Role
from models.domain.standup import CeremonyKind, EntryStatus
from models.tables import Membership, ScoreRound
from tests.clock import MORNING
from tests.handlers.filled import A_PROJECT
from tests.handlers.projects import expecting, of_projects
from tests.handlers.samples_charts import of_charts
from tests.handlers.samples_checklists import make_answers, of_checklists
from tests.handlers.samples_notebook import of_notebook
from tests.handlers.somewhere_decisions import make_condition_of, of_decisions
from tests.handlers.somewhere_else import make_course, of_course
from tests.handlers.somewhere_live import LivePlace, make_live_place, of_live
from tests.handlers.somewhere_numbers import NumbersPlace, of_numbers
from tests.handlers.somewhere_reviews import of_reviews
from tests.handlers.somewhere_scope import of_scope
from tests.rows import (
    make_blocker,
    make_ceremony,
    make_entry,
    make_experiment,
    make_measurement,
    make_member,
    make_notice,
    make_project,
    make_prompt,
    make_review,
    make_run,
    make_workspace,
)
from tests.rows_scope import make_scope_change

DAY = MORNING.date()
OWNS_NOTHING = {
    *("/update", "/settings", "/conclude", "/export", "update", "settings", "settings_form"),
    *("erase", "erase_form", "export", "export_own", "hypothesis_back"),
}
"""What these show or change is always the person's own."""
SECOND = {"number_confirm", "number_doubt", "set_aside_form", "measured_confirm"}
HELPER = {"blocker_take", "review_sign_scientist", "review_sign_engineer"}


@dataclass(frozen=True)
class Place:
    """Ids. Ana owns the experiment and the standup, and was asked; Ben is a second technical person."""

    db: Database
    workspace_id: int
    project_id: int
    experiment_id: int
    owed_id: int
    course: tuple[int, int, int]
    ceremony_id: int
    digest_channel: str
    prompt_id: int
    entry_id: int
    blocker_id: int
    measurement_id: int
    scope_id: int
    metric_id: int
    benchmark_id: int
    review_id: int
    live: LivePlace
    condition_id: int

    def who_may(self, name: str) -> str:
        """Somebody who may do it."""
        if name in SECOND | HELPER:
            return "UBEN"
        of_verbs: dict[str, Right] = {f"/{verb}": one for verb, one in VERBS.items()}
        right = (of_verbs | dict(CLICKS) | dict(FORMS) | dict(SHORTCUTS))[name]
        if isinstance(right, Free) or Who.OWNER in ALLOWED[right]:
            return "UANA"
        return {Who.ANYONE: "USTRANGER", Who.TECHNICAL: "UBEN"}.get(ALLOWED[right][0], "UANA")


async def make_place(db: Database) -> Place:
    """The place; the stranger is a member of the workspace with no part in anything."""
    async with db.writing(None) as session:
        workspace = await make_workspace(session)
        ana, ben, _ = [
            await make_member(session, workspace, name=name, slack_id=slack_id, described=True)
            for name, slack_id in (("Ana", "UANA"), ("Ben", "UBEN"), ("Sam", "USTRANGER"))
        ]
        ana.admin = True
        project = await make_project(session, workspace, key="FRAUD")
        session.add_all(
            Membership(
                workspace_id=workspace.id, project_id=project.id, member_id=who.id, role=role
            )
            for who, role in ((ana, Role.PM), (ben, Role.DATA_SCIENTIST), (ben, Role.ML_ENGINEER))
        )
        expecting(session, project, ana, ben)
        experiment = await make_experiment(session, project, ana)
        owed = await make_experiment(session, project, ana, pending_outcome=Outcome.REFUTED)
        number = await make_measurement(session, experiment, 0.9, surprising=True)
        session.add(
            ScoreRound(
                workspace_id=workspace.id,
                project_id=project.id,
                opened_by_id=ana.id,
                opened_at=MORNING,
            )
        )
        ceremony = await make_ceremony(
            session,
            [ana, ben],
            project,
            next_day=DAY + timedelta(days=2),
            opens_at=MORNING + timedelta(days=2),
        )
        await make_ceremony(
            session, [ana], project, kind=CeremonyKind.DIGEST_STALLED, channel_id="C00000009"
        )
        run = await make_run(session, ceremony)
        prompt = await make_prompt(session, run, ana)
        entry = await make_entry(session, run, ben, experiment)
        await make_entry(session, run, ana, owed, status=EntryStatus.REFUTED, learned="No")
        blocker = await make_blocker(session, experiment, ana)
        about = HelpWanted(blocker_id=blocker.id, by_id=ana.id, ask="Please")
        await make_notice(
            session,
            ben,
            blocker,
            subject=about.subject,
            kind=about.kind,
            payload=about.model_dump(mode="json"),
        )
        review = await make_review(session, project, ana)
        await make_answers(session, review, ana)
        return Place(
            db,
            workspace.id,
            project.id,
            experiment.id,
            owed.id,
            await make_course(session, project, ana),
            ceremony.id,
            "C00000009",
            prompt.id,
            entry.id,
            blocker.id,
            number.id,
            (await make_scope_change(session, project, ben, [ana])).id,
            project.metrics[0].id,
            project.metrics[0].benchmarks[0].id,
            review.id,
            await make_live_place(session, workspace, ana),
            (await make_condition_of(session, project, ana)).id,
        )


def samples(place: Place) -> dict[str, dict[str, Any]]:
    """What each command, click and form that asks for a right carries."""
    parts = (
        *(_verbs(), _clicks(place), _of_findings(place), _forms(place)),
        of_numbers(
            NumbersPlace(
                *(place.project_id, place.experiment_id),
                *(place.metric_id, place.benchmark_id, place.measurement_id),
            )
        ),
        *(
            of_course(place.experiment_id, *place.course),
            of_reviews(place.project_id, place.review_id),
        ),
        *(of_projects(place.project_id), of_notebook(place.project_id)),
        of_decisions(place.project_id, place.review_id, place.condition_id),
        *(of_scope(place.project_id, place.scope_id), of_charts(place.project_id)),
        of_live(place.project_id, place.live),
        of_checklists(place.review_id),
    )
    return {name: carries for part in parts for name, carries in part.items()}


def _verbs() -> dict[str, dict[str, Any]]:
    return {f"/{verb}": {"text": verb, "channel": "C00000077"} for verb in VERBS}


def _clicks(place: Place) -> dict[str, dict[str, Any]]:
    answer = {"value": f"{place.prompt_id}:{place.experiment_id}"}
    blocker = {"value": f"{place.blocker_id}"}
    standup, number = {"value": f"{place.ceremony_id}"}, {"value": f"{place.measurement_id}"}
    return {
        **{one: {} for one in ("menu_new", "new_hypothesis", "update", "settings", "erase")},
        **{one: {} for one in Click if one.startswith("export")},
        Click.MENU_STANDUP: {"channel": "C00000077"},
        Click.PROJECT_NEW: {},
        **dict.fromkeys((one for one in Click if one.startswith("blocker_")), blocker),
        Click.BLOCKER_RAISE: {"value": f"{place.project_id}|0|project:{place.project_id}"},
        **dict.fromkeys((Click.NUMBER_CONFIRM, Click.NUMBER_DOUBT), number),
        **dict.fromkeys((one for one in Click if one.startswith("standup_")), standup),
        **dict.fromkeys((Click.ANSWER, Click.NO_CHANGE, Click.CONCLUDE, Click.NOT_NOW), answer),
        Click.DOING_ELSE: {"value": f"{place.prompt_id}:labels"},
        Click.TO_THREAD: {"value": f"{place.entry_id}"},
        Click.STANDUP_NEW: {"value": "C00000001"},
        Click.DIGEST_SCHEDULE: {},
        Click.DIGEST_POST: {"value": place.digest_channel},
        Click.DIGEST_STOP: {"value": place.digest_channel},
        Click.LEADERS_NOTE: {"value": f"{place.project_id}|0"},
    }


def _of_findings(place: Place) -> dict[str, dict[str, Any]]:
    silent = {"value": f"0|experiment:{place.experiment_id}|silent"}
    return {
        **dict.fromkeys((one for one in Click if one.startswith("finding_")), silent),
        Click.FINDING_CLEARED: {"value": f"0|experiment:{place.experiment_id}|blocked"},
        Click.FINDING_ESCALATE: {"value": f"0|experiment:{place.experiment_id}|blocked"},
        Click.FINDING_NEW: {"value": f"0|project:{place.project_id}|idle"},
    }


def _forms(place: Place) -> dict[str, dict[str, Any]]:
    answer = f'{{"prompt_id":{place.prompt_id},"experiment_id":{place.experiment_id}}}'
    owed = f'{{"prompt_id":{place.prompt_id},"experiment_id":{place.owed_id}}}'
    finding = f"0|experiment:{place.experiment_id}|silent"
    later = (DAY + timedelta(days=5)).isoformat()
    when = {"days": ["tue"], "time": "09:30", "channel": "C00000001"}
    return {
        Form.PROJECT: _form("", name="Churn", business_goal="g", metric_name="AUC", key="CHURN")
        | {"values": A_PROJECT},
        Form.STANDUP: _form(f"{place.ceremony_id}", **when, project=ALL_PROJECTS),
        Form.MOVE: _form(f"{place.ceremony_id}", day=later),
        Form.ANSWER: _form(answer, learned="It holds", status="still_testing"),
        Form.CONCLUSION: _form(owed, learning="It holds"),
        Form.SETTINGS: _form("", workdays=["mon"]),
        Form.ERASE: _form("", word="erase"),
        Form.NOT_NOW: _form(answer, what="skip"),
        Form.QUESTIONS: _form(f"{place.ceremony_id}"),
        Form.BLOCKER_OWNER: _form(f"{place.blocker_id}", owner="UBEN"),
        Form.BLOCKER_RAISE: _form(
            f"{place.project_id}|0|project:{place.project_id}",
            text="x",
            kind="compute",
            risk="risk",
        ),
        Form.BLOCKER_UPDATE: _form(f"{place.blocker_id}", step="on_it"),
        Form.SET_ASIDE: _form(f"{place.measurement_id}", reason="leak"),
        Form.DIGEST: _form("", **{**when, "channel": place.digest_channel}, project=ALL_PROJECTS),
        Form.LEADERS_NOTE: _form(f"{place.project_id}|0", sentence="It leapt.", told="told"),
        Form.SNOOZE: _form(finding, until=later, reason="The data comes on Friday"),
        Form.NUMBER: _form(finding, value="60"),
        Form.CONCLUDE_NOW: _form(finding, outcome="supported", learning="It holds"),
        Form.EXTEND: _form(finding, days="3", reason="The cluster was away"),
        Form.EXPERIMENT_MOVE: _form(f"resume:{place.course[1]}"),
        Form.ESCALATE: _form(f"{finding}|{place.blocker_id}", person="UBEN", ask="Please"),
    }


def _form(metadata: str, **values: Any) -> dict[str, Any]:
    return {"metadata": metadata, "values": values}
