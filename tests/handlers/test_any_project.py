"""Whatever people write about a project: its page, its forms and what is said of it can be shown."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from handlers.blocks import (
    gaps,
    notices,
    project_charter,
    project_page,
    project_people,
    project_plan,
)
from handlers.ids import Click
from handlers.project_refs import ProjectRef
from models.domain import charter
from models.domain.facts import Person
from models.domain.facts_notices import Expected, NoticesFacts
from models.domain.gaps import Dates
from models.domain.gaps import gaps as all_gaps
from models.domain.permissions import Action
from models.domain.project import GovernanceKind, GovernanceState, ProjectStatus, Role, Stage
from models.domain.project_facts import (
    GapsFacts,
    GovernanceFacts,
    Held,
    Moved,
    Overview,
    Plan,
    ProjectFacts,
    ProjectRow,
    ProjectRows,
)
from models.domain.stages import Record, missing
from tests.handlers.facts import FRAUD, JONAS
from tests.handlers.test_any_text import endless, modest, sendable, showable, spoiled, texts
from tests.stories.reading import shown

DAY = date(2026, 2, 3)
CROWD = tuple(Person(n, f"U{n}", "x") for n in range(40))
NOTHING = Record()
FACTS = ProjectFacts(
    project_id=10**17,
    key="ABCDEFGHIJ",
    name="x",
    business_goal="x",
    channel_id="C1",
    stage=Stage.PROTOTYPE,
    status=ProjectStatus.ACTIVE,
    numbers=FRAUD,
    agreed=False,
    plan=Plan(DAY, DAY, 0.5, DAY, DAY, 1.5),
    roles=tuple(Held(role, CROWD) for role in Role),
    blockers=500,
    risks=500,
    charter=charter.Share(3, 24),
    production=charter.Share(1, 8),
    governance=tuple(
        GovernanceFacts(kind, GovernanceState.UNDER_WAY, JONAS, "x") for kind in GovernanceKind
    ),
    missing=missing(Stage.PROTOTYPE, Stage.DEVELOPMENT, NOTHING),
    gaps=all_gaps(Stage.READINESS, NOTHING, Dates(), DAY),
    waiting_for=CROWD,
    may_change=True,
)
REF = ProjectRef(FACTS.project_id, "designer")
many = st.lists(texts, min_size=1, max_size=12)


def facts_of(words: Iterator[str]) -> ProjectFacts:
    """Everything that people wrote replaced; what the rules say, and the counts, stay."""
    ours: dict[str, Any] = {
        "gaps": FACTS.gaps,
        "charter": FACTS.charter,
        "production": FACTS.production,
    }
    return replace(spoiled(FACTS, words), **ours)


@modest
@given(many, st.booleans(), st.sampled_from(Stage), st.sampled_from(ProjectStatus))
def test_the_page_and_its_lists_can_always_be_shown(
    words: list[str], may_change: bool, stage: Stage, status: ProjectStatus
) -> None:
    facts = replace(facts_of(endless(words)), may_change=may_change, stage=stage, status=status)
    bare = replace(
        facts,
        numbers=None,
        agreed=None,
        plan=Plan(),
        roles=tuple(Held(role) for role in Role),
        governance=tuple(GovernanceFacts(kind) for kind in GovernanceKind),
        gaps=(),
        waiting_for=None,
        channel_id=None,
    )
    for one in (facts, bare, replace(facts, waiting_for=())):
        showable(project_page.page(one, "/lab"))
        showable(project_people.roles(one))
        showable(project_charter.topics(one))
        showable(project_charter.tracks(one))
        showable(gaps.page(one))
        showable(project_plan.move_form(one, REF))


def test_guests_see_what_they_can_read_and_no_form() -> None:
    facts = replace(facts_of(endless(["x"])), stage=Stage.PRODUCTION, may_change=False)
    forms = {"New hypothesis", "How likely?", "Scope change", "Live number"}
    for reads_only in (False, True):
        may = frozenset() if reads_only else facts.may
        view = project_page.page(replace(facts, reads_only=reads_only, may=may), "/lab")
        said = shown(view["blocks"])
        assert {one for one in forms if f"[{one}]" in said} == (set() if reads_only else forms)
        assert "[Incidents]" in said


@modest
@given(many)
def test_the_forms_can_always_be_shown(words: list[str]) -> None:
    said = endless(words)
    facts = facts_of(said)
    showable(project_plan.goal_form(facts, REF))
    showable(project_plan.plan_form(facts, REF))
    showable(project_plan.thresholds_form(facts, REF))
    showable(project_people.role_form(facts, Role.DESIGNER, REF))
    showable(project_charter.track_form(facts, facts.governance[0], REF))
    for topic in charter.TOPICS:
        answers = {one.key: next(said) for one in topic.questions if one.kind is charter.Kind.TEXT}
        showable(project_charter.topic_form(facts, topic, answers, REF))
        showable(project_charter.topic_page(facts, topic, answers))
        showable(project_charter.topic_page(facts, topic, {}))


@modest
@given(many)
def test_what_is_said_of_projects_can_always_be_sent(words: list[str]) -> None:
    said = endless(words)
    one = GapsFacts(1, "FRAUD", next(said), Stage.DATA, FACTS.gaps)
    none = replace(one, gaps=())
    for overview in (
        Overview((one,), 0),
        Overview((none,), 0),
        Overview((one, none) * 6, 488),
        Overview((replace(one, gaps=FACTS.gaps[:1]), none), 0),
    ):
        sendable(gaps.overview(overview, "/lab"))
    moved = Moved(next(said), Stage.DATA, Stage.PROTOTYPE, FACTS.missing, next(said), JONAS, "A-1")
    sendable(project_plan.moved(moved))
    sendable(project_plan.moved(replace(moved, after=Stage.CONCEPTION, reason=None, first=None)))
    expected = Expected(1, next(said), next(said), acknowledged=False)
    both = (expected, replace(expected, project_id=2, acknowledged=True))
    sendable(notices.notices(NoticesFacts(replace(JONAS, name=next(said)), both)))


@modest
@given(many)
def test_projects_to_choose_from_can_always_be_shown(words: list[str]) -> None:
    said = endless(words)
    rows = tuple(
        ProjectRow(n, f"P{n}", next(said), Stage.DATA, status)
        for n in range(15)
        for status in (ProjectStatus.ACTIVE, ProjectStatus.STOPPED)
    )
    showable(project_page.chooser(ProjectRows(rows, 470), "/lab", "C1"))
    showable(project_page.started(1, "FRAUD", next(said), None))


def test_forms_are_shown_to_who_may_fill_them_in() -> None:
    facts = replace(facts_of(endless(["x"])), stage=Stage.PRODUCTION)
    for action, click in (
        (Action.SAY_CONFIDENCE, Click.CONFIDENCE),
        (Action.CHANGE_SCOPE, Click.SCOPE_CHANGE),
        (Action.ADD_NUMBER, Click.LIVE_VALUE),
        (Action.ADD_NUMBER, Click.PARITY),
    ):
        assert f"'{click.value}'" in str(project_page.page(facts, "/lab"))
        without = replace(facts, may=frozenset(Action) - {action})
        assert f"'{click.value}'" not in str(project_page.page(without, "/lab"))
