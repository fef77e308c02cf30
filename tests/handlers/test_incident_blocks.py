"""Incidents: what their card, the question and the forms say, and that any text fits."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from handlers.blocks import chronicle, incidents, notices, stalled
from handlers.blocks.reasons import because
from handlers.forms import InvalidForm, parse
from handlers.forms_incidents import AccountForm, IncidentForm
from models.domain.decision import Cause
from models.domain.digest_facts import StalledFacts
from models.domain.facts_live import (
    Fell,
    IncidentFacts,
    IncidentLine,
    IncidentsPage,
    LateTold,
    LiveValue,
)
from models.domain.facts_notices import NoticesFacts
from models.domain.facts_scope import HistoryLine, HistoryPage
from models.domain.findings.kinds import ProductionBelow
from models.domain.findings.raising import Finding, Subject
from models.domain.incident import Clock, OpenIncident
from models.domain.live import Live
from models.incidents import Account, Seen
from tests.clock import MORNING
from tests.handlers.facts import DAY, FRAUD, JONAS
from tests.handlers.test_any_text import endless, many, modest, sendable, showable, spoiled
from tests.stories.reading import shown

LATER = MORNING + timedelta(hours=9, minutes=1)
OPEN = IncidentFacts(
    incident_id=7,
    project_id=3,
    key="DEDUPE",
    project_name="Contact de-duplication",
    what="Merges of people who share a name",
    since=DAY,
    by=JONAS,
    opened_on=DAY,
    clock=Clock(MORNING, None, 8),
    zone=ZoneInfo("Europe/Berlin"),
    live=LiveValue("Out of 100 merges, how many are right", "share", 0.966, 0.97),
)
OVER = replace(
    OPEN,
    clock=Clock(MORNING, LATER, 8),
    cause=Cause.UPSTREAM_DATA,
    fix="The feed has its column again",
    prevention="A check on the feed",
    told="Everybody in support",
    closed_on=DAY,
)
FALLEN = Live(0.966, DAY, 0.984, 0.97, 1, DAY)
FELL = Fell(3, "Contact de-duplication", "Right merges", "share", FALLEN, DAY)
LINE = IncidentLine(7, "x", DAY, DAY, None, None, Clock(MORNING))
PAGE = IncidentsPage(3, "DEDUPE", "Contact de-duplication", (LINE,))


def test_its_users_read_what_was_seen_why_and_until_when() -> None:
    assert shown(incidents.card(OPEN).blocks) == (
        "Incident: Contact de-duplication\n"
        f"Since {DAY.day} {DAY:%B} · {JONAS.name} · DEDUPE\n"
        "What was seen: Merges of people who share a name\n"
        "Out of 100 merges, how many are right: 96.6 of 100, needed 97 of 100\n"
        "Cause: not known yet\n"
        "Agreed: over within 8 hours, by Tue 3 Mar, 17:30 (Europe/Berlin).\n"
        "[Say how it stands]"
    )


def test_when_it_is_over_it_says_what_was_done_and_how_long_it_took() -> None:
    said = shown(incidents.card(OVER).blocks)
    assert said.startswith("Incident, over: Contact de-duplication\n")
    assert said.endswith(
        "Cause: The data that it gets has changed\n"
        "What was done: The feed has its column again\n"
        "So that it doesn't come back: A check on the feed\n"
        "Who knows: Everybody in support\n"
        "Over after 10 hours: 8 were agreed."
    )
    in_time = replace(OVER, clock=Clock(MORNING, LATER, 24))
    assert "Over after 10 hours, in time: 24 were agreed." in incidents.card(in_time).text
    free = replace(OVER, clock=Clock(MORNING, MORNING), live=replace(OPEN.live, needed=None))  # type: ignore[type-var]
    said = incidents.card(free).text
    assert "Over after 1 hour." in said
    assert "needed" not in said


def test_without_an_agreement_no_hour_is_named() -> None:
    said = shown(incidents.card(replace(OPEN, clock=Clock(MORNING), live=None)).blocks)
    assert "\nOpen.\n" in said
    assert "Say how it stands" in shown(incidents.in_full(OPEN)["blocks"])


def test_the_question_names_what_it_was_and_what_is_needed() -> None:
    def said(part: Fell) -> str:
        return shown(notices.notices(NoticesFacts(JONAS, (part,))).blocks)

    day = f"{DAY.day} {DAY:%b}"
    asked = said(FELL)
    assert "Right merges: 96.6 of 100, needed 97 of 100, since" in asked
    assert asked.endswith("[Open incident] [Live number]")
    fallen = replace(FELL, live=replace(FALLEN, value=0.975, above=True))
    assert "97.5 of 100, when it went live 98.4 of 100" in said(fallen)
    assert f"✓ An incident is open since {day}." in said(
        replace(FELL, incident=OpenIncident(7, DAY))
    )
    assert said(replace(FELL, mended=True)).endswith("✓ It is good again.")
    assert "61 is stored." in shown(incidents.stored(FELL, ["61 is stored."])["blocks"])


def test_one_that_takes_longer_than_agreed_says_so_and_to_whom_it_is_told() -> None:
    agreed = "over within 8 hours, by Tue 3 Mar, 17:30 (Europe/Berlin)."
    said = incidents.card(replace(OPEN, over_time=True)).text
    assert f"It takes longer than agreed: {agreed}" in said

    def told(about: IncidentFacts) -> str:
        return shown(notices.notices(NoticesFacts(JONAS, (LateTold(about),))).blocks)

    said = told(OPEN)
    assert "Contact de-duplication: an incident takes longer than agreed." in said
    assert f"Agreed: {agreed}" in said
    assert said.endswith("[Say how it stands] [See it]")
    assert told(OVER).endswith("Over after 10 hours: 8 were agreed.")


def digest(reason: ProductionBelow) -> str:
    finding = Finding(Subject(3, "DEDUPE", "De-duplication"), (reason,))
    facts = StalledFacts(as_of=DAY, findings=(finding,), projects=(), on_course=0, put_off=0)
    return shown(stalled.digest(facts).blocks)


def test_the_digest_opens_one_or_shows_the_open_one() -> None:
    reason = ProductionBelow(FALLEN, DAY)
    assert because(reason, FRAUD, DAY).endswith(". Did an input change?")
    assert "[Open incident] [Live number] [Not now …]" in digest(reason)
    reason = replace(reason, incident=OpenIncident(7, DAY))
    assert "An incident is open since" in digest(reason)
    late = replace(reason, incident=OpenIncident(7, DAY, late=True))
    assert because(late, FRAUD, DAY).endswith(", for longer than agreed.")
    assert "[See incident] [Live number] [Not now …]" in digest(reason)


def test_the_list_has_a_way_to_each_and_to_a_new_one_where_none_is_open() -> None:
    assert shown(incidents.page(PAGE)["blocks"]).endswith("open: x. [See it]")
    over = replace(LINE, closed_on=DAY, clock=Clock(MORNING, LATER))
    said = shown(incidents.page(replace(PAGE, lines=(over,), more=2))["blocks"])
    assert "over: x.\nOver after 10 hours. [See it]" in said
    assert said.endswith("2 older ones in the project's history\n[Open incident]")
    assert "None so far." in shown(incidents.page(replace(PAGE, lines=()))["blocks"])


def test_the_chronicle_says_both() -> None:
    told = {"text": "The feed is back", "cause": "platform"}
    lines = (
        HistoryLine("repaired", DAY, JONAS, told),
        HistoryLine("incident", DAY, JONAS, {"text": "Half are wrong", "cause": None}),
    )
    said = shown(chronicle.page(HistoryPage(3, "X", "X", lines, 0, more=False), 10)["blocks"])
    assert "Incident over: The feed is back\nThe platform that it runs on" in said
    assert "Incident: Half are wrong" in said


@modest
@given(many)
def test_any_text_fits(words: list[str]) -> None:
    said = endless(words)
    for facts in (OPEN, OVER):
        one = spoiled(replace(facts, zone=None), said)  # type: ignore[arg-type]
        one = replace(one, zone=OPEN.zone)
        sendable(incidents.card(one))
        showable(incidents.in_full(one))
        showable(incidents.tell_form(one))
    showable(incidents.open_form(next(said), DAY.isoformat(), incidents.ref(10**17), next(said)))
    lines = tuple(replace(LINE, what=next(said), incident_id=n) for n in range(10))
    showable(incidents.page(replace(PAGE, name=next(said), lines=lines, more=3)))
    fell = tuple(replace(spoiled(FELL, said), project_id=n) for n in range(12))
    sendable(notices.notices(NoticesFacts(JONAS, fell)))
    showable(incidents.stored(fell[0], ["x"]))


SEEN = {"what": "Half are wrong", "since": "2026-02-02", "cause": "unknown", "told": " "}
ACCOUNT: dict[str, Any] = {"state": "over", "what": "x", "cause": "platform"}
WHOLE = ACCOUNT | {"fix": "y", "prevention": "z"}


def test_the_forms_are_read_as_they_are_filled_in() -> None:
    seen = parse(IncidentForm, SEEN).seen
    assert (seen.cause, seen.told) == (None, None)
    assert isinstance(seen, Seen)
    assert parse(AccountForm, WHOLE).account == Account("x", Cause.PLATFORM, "y", "z", None, True)
    assert not parse(AccountForm, {"state": "open", "what": "x"}).account.closed


@pytest.mark.parametrize(
    ("form", "filled", "fields"),
    [
        (IncidentForm, SEEN | {"what": "x" * 1_001}, {"what"}),
        (IncidentForm, SEEN | {"since": None}, {"since"}),
        (AccountForm, ACCOUNT, {"fix", "prevention"}),
        (AccountForm, WHOLE | {"cause": "unknown"}, {"cause"}),
        (AccountForm, WHOLE | {"what": " "}, {"what"}),
    ],
)
def test_what_can_not_be_taken_stands_beside_its_field(
    form: type[Any], filled: dict[str, Any], fields: set[str]
) -> None:
    with pytest.raises(InvalidForm) as refused:
        parse(form, filled)
    assert set(refused.value.fields) == fields
