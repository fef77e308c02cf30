"""Whatever people write, in whatever script and length: Slack takes it, and nobody is pinged by it.

Two checkers look, written apart: the bot's own and the playground's.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground import checks
from handlers.blocks import (
    blockers,
    lab,
    listing,
    notices,
    number_notices,
    questions,
    setup,
    standup_dm,
    standup_form,
    standup_setup,
    standup_summary,
)
from handlers.blocks.document import Rendered
from handlers.limits import check_message, check_view
from models.domain.experiment import Outcome
from models.domain.experiment_facts import ProjectList
from models.domain.facts import (
    FormFacts,
    HypothesisFormFacts,
    Pending,
    Person,
    RefusalFacts,
)
from models.domain.facts_notices import (
    Called,
    Cleared,
    NewsOf,
    NoticesFacts,
    SetAside,
    ToClear,
    ToConfirm,
)
from models.domain.facts_standup import StandupFormFacts
from models.domain.facts_summary import Topic
from models.domain.questions import Question, Questions
from models.domain.standup import EntryStatus
from tests.handlers.facts import (
    DAY,
    FRAUD,
    JONAS,
    LATENCY,
    NEEDS_DATA,
    NO_CHANGE,
    PRIYA,
    RULED_OUT,
    SOFIA,
    STILL,
    blocked,
    card,
    leap,
    line,
    project,
    project_page,
    prompt,
    row,
    standup,
    summary,
    wanted,
)

Facts = TypeVar("Facts")
GIVEN_BY_SLACK_OR_US = {
    *("slack_id", "channel_id", "stakeholders_channel_id"),
    *("key", "days", "local_time", "tz", "unit", "spot", "link"),
}
HOSTILE = (
    "<!channel>",
    "<!here|here> <@U1> <#C1> <https://evil.example|bank>",
    "<!subteam^S1>&lt;!everyone&gt;&amp;",
    "*bold* _it_ ~no~ `code` ```block``` > quote",
    "\n\n\t \r\n",
    "  ",
    "&<>\"'\\/",
    "👩🏽‍🔬🏳️‍🌈",
    "𝔘𝔫𝔦",
    "שלום עולם \u202e مرحبا",
    "資料洩漏のため除外",
    "a\u0300\u0301\u200b\u200d\ufeff",
    "{}[]\x00\x07\x1b[31m",
    "x",
    "word ",
)
texts = st.builds(
    lambda part, length: (part * (length // len(part) + 1))[:length],
    st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    st.sampled_from([0, 1, 2, 30, 81, 301, 3_000]),
)


def spoiled(facts: Facts, words: Iterator[str], name: str = "") -> Facts:
    """The facts with every text of people replaced by the next of `words`."""
    changed: Any = facts
    if name in GIVEN_BY_SLACK_OR_US or isinstance(facts, Enum):
        return facts
    if isinstance(facts, str):
        changed = next(words)
    elif isinstance(facts, tuple):
        changed = tuple(spoiled(one, words) for one in facts)
    elif is_dataclass(facts) and not isinstance(facts, type):
        changed = replace(
            facts,
            **{
                one.name: spoiled(getattr(facts, one.name), words, one.name)
                for one in fields(facts)
            },
        )
    result: Facts = changed
    return result


def with_mentions_of_ours(text: str) -> str:
    """The text without the mentions that Labmate itself makes."""
    return re.sub(r"<#C1>|<@U[13]>", "", text)


def sendable(rendered: Rendered) -> None:
    check_message(rendered.text, rendered.blocks)
    assert checks.check_message({"text": rendered.text, "blocks": rendered.blocks}) == []
    assert len(rendered.text) <= 3_900
    assert not re.search("[<>]", with_mentions_of_ours(rendered.text))
    assert '"mrkdwn"' not in json.dumps(rendered.blocks)
    assert '"link"' not in json.dumps(rendered.blocks)


def showable(view: dict[str, Any]) -> None:
    check_view(view)
    assert checks.check_view(view) == []
    assert '"mrkdwn"' not in json.dumps(view)


ANSWERS = tuple(
    replace(STILL, status=status, value=0.5, unit="share", next_step="x", blocker=NEEDS_DATA)
    for status in EntryStatus
    if status is not EntryStatus.NOT_EXPERIMENTING
)
CARDS = (
    card(),
    card(experiment_id=1, answer=ANSWERS[0], criterion=LATENCY),
    card(experiment_id=2, answer=RULED_OUT, pending=Outcome.REFUTED),
    card(experiment_id=3, answer=NO_CHANGE),
)
many = st.lists(texts, min_size=1, max_size=12)
modest = settings(max_examples=25, deadline=None)


def endless(words: list[str]) -> Iterator[str]:
    while True:
        yield from words


@modest
@given(many)
def test_the_standup_can_always_be_sent(words: list[str]) -> None:
    said = endless(words)
    sendable(standup_dm.prompt(spoiled(prompt(*CARDS), said)))
    sendable(standup_dm.prompt(spoiled(prompt(doing_else="x"), said)))
    facts = summary(
        *(line(answer) for answer in ANSWERS),
        elsewhere=((JONAS, "x"),),
        no_answer=(JONAS, PRIYA),
        still_to_come=(SOFIA,),
        started=(("x", "y"),),
        started_in_all=9,
        projects=(("x", FRAUD), ("y", FRAUD)),
        wanted=(wanted(), wanted(days=4), wanted(acknowledged=True)),
    )
    sendable(standup_summary.summary(spoiled(facts, said)))
    for one in facts.lines:
        sendable(standup_summary.detail(spoiled(one, said)))
        topic = Topic(spoiled(one, said), (JONAS, SOFIA))
        sendable(standup_summary.taken_to_thread(topic))


@modest
@given(many)
def test_what_lab_says_can_always_be_sent(words: list[str]) -> None:
    said = endless(words)
    pages = (project_page(row(), row(), more=3), project_page(numbers=None))
    sendable(listing.projects(spoiled(ProjectList(pages, 3), said), "/lab"))
    sendable(setup.standup_is_set(spoiled(standup(JONAS, PRIYA), said)))
    sendable(setup.could_not_post(spoiled(RefusalFacts("C1", "x", "a message"), said)))


@modest
@given(many)
def test_what_a_person_is_told_can_always_be_sent(words: list[str]) -> None:
    said = endless(words)
    parts = (
        ToClear(blocked()),
        ToClear(blocked(blocker_id=2, acknowledged=True)),
        ToClear(blocked(blocker_id=3, mine=False)),
        Cleared(blocked(resolved=True)),
        ToConfirm(leap()),
        ToConfirm(leap(measurement_id=2, confirmed_by=PRIYA)),
        SetAside(leap(excluded="leak", note="x")),
    )
    more = (
        ToClear(blocked(risk=True, days=3, said="x")),
        NewsOf(blocked(said="x", days=1), "x"),
        Called(blocked(since=DAY, days=5, said="x"), None, "", taken=False),
        Called(blocked(blocker_id=2), JONAS, "x", taken=True),
    )
    asks = (Called(blocked(since=DAY, days=5, said="x"), None, "", taken=False),)
    for some in (parts, parts[:1]):
        told = tuple(replace(part, about=_spoiled_about(part, said)) for part in some)
        sendable(notices.notices(NoticesFacts(spoiled(JONAS, said), told)))
    sendable(notices.notices(NoticesFacts(spoiled(JONAS, said), spoiled(more, said))))
    twelve = tuple(
        replace(one, about=replace(one.about, blocker_id=n)) for n, one in enumerate(asks * 12)
    )
    sendable(notices.notices(NoticesFacts(spoiled(JONAS, said), spoiled(twelve, said))))
    showable(blockers.owner_form(spoiled(blocked(), said)))
    showable(number_notices.set_aside_form(spoiled(leap(), said)))
    own = Question(next(said)[:150].strip() or None, next(said)[:150].strip() or None)
    showable(questions.questions_form(Questions(own, own, own, own, own), "4"))
    form = FormFacts(7, spoiled(card(), said), Questions(own, own, own, own, own))
    showable(standup_form.answer_form(form, "{}"))


def _spoiled_about(part: Any, said: Iterator[str]) -> Any:
    about = spoiled(part.about, said)
    return replace(about, excluded=part.about.excluded) if hasattr(about, "excluded") else about


@modest
@given(many)
def test_every_form_can_always_be_shown(words: list[str]) -> None:
    said = endless(words)
    showable(
        standup_dm.more(spoiled(prompt(*CARDS, *(card(experiment_id=n) for n in (5, 6))), said))
    )
    for known in CARDS:
        showable(standup_form.answer_form(spoiled(FormFacts(7, known), said), "{}"))
    for outcome in Outcome:
        pending = spoiled(Pending("FRAUD-11", "x", outcome, "x"), said)
        showable(standup_form.conclusion_form(pending, "{}"))
    two = (project(), project(project_id=6, numbers=None))
    showable(setup.hypothesis_form(spoiled(HypothesisFormFacts(two, two[0]), said), "5"))
    facts = StandupFormFacts(two, existing=standup(JONAS), channel_id="C1", chosen_project="5")
    projects = spoiled(facts.projects, said)
    showable(standup_setup.standup_form(replace(facts, projects=projects), ""))


def test_the_largest_workspace_still_fits() -> None:
    words = endless(["👩🏽‍🔬<!here>&" * 300])
    people = tuple(spoiled(Person(n, f"U{n}", "x"), words) for n in range(50))
    lines = tuple(
        spoiled(line(ANSWERS[n % len(ANSWERS)], key=f"FRAUD-{n}", entry_id=n), words)
        for n in range(200)
    )
    facts = summary(
        *lines,
        elsewhere=tuple((person, "review") for person in people),
        no_answer=people,
        still_to_come=people,
        started=(("x" * 80, "y"),) * 20,
        started_in_all=200,
        wanted=tuple(spoiled(wanted(entry_id=n, days=n), words) for n in range(200)),
        projects=tuple((f"Project {n}", spoiled(FRAUD, words)) for n in range(500)),
    )
    rendered = standup_summary.summary(facts)
    sendable(rendered)
    assert "495 more projects" in str(rendered.blocks)
    pages = tuple(
        spoiled(project_page(*(row() for _ in range(10)), more=190, project_id=n), words)
        for n in range(8)
    )
    sendable(listing.projects(ProjectList(pages, 492), "/lab"))
    sendable(setup.standup_is_set(standup(*people)))
    hundred = tuple(project(project_id=n, name=f"Project {n}") for n in range(100))
    showable(setup.hypothesis_form(HypothesisFormFacts(hundred, hundred[99]), "99"))
    showable(standup_setup.standup_form(StandupFormFacts(hundred, chosen_project="7"), ""))
    cards = [spoiled(card(experiment_id=n), words) for n in range(200)]
    sendable(standup_dm.prompt(prompt(*cards)))
    showable(standup_dm.more(prompt(*cards)))


def test_what_is_always_the_same_can_be_sent() -> None:
    sendable(lab.menu("/lab"))
    sendable(lab.help_page("/lab", (("", "x"), ("list", "y"))))
    sendable(lab.sentence("x"))
    showable(setup.project_form("C1"))
    showable(lab.note("Done", ["x"]))
