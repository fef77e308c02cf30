"""The end of a live model: what its users read, what the page and the form say, and that any text fits."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given

from handlers.blocks import chronicle, deprecating, notices, project_page
from handlers.blocks.reasons import because
from handlers.forms import InvalidForm, parse
from handlers.forms_deprecating import EndForm
from models.deprecating import End
from models.domain.deprecation import EndReason
from models.domain.facts import Person
from models.domain.facts_live import EndFacts, EndFormFacts, EndPage, EndTold
from models.domain.facts_notices import NoticesFacts
from models.domain.facts_scope import HistoryLine, HistoryPage
from models.domain.findings.kinds import Kind, Unacknowledged
from models.domain.project import Stage
from tests.handlers.facts import DAY, FRAUD, JONAS, PRIYA, SOFIA
from tests.handlers.test_any_project import FACTS
from tests.handlers.test_any_text import endless, many, modest, sendable, showable, spoiled
from tests.stories.reading import shown

STOPS = date(2026, 4, 6)
END = EndFacts(
    notice_id=7,
    project_id=3,
    key="DEDUPE",
    project_name="Contact de-duplication",
    on=date(2026, 3, 2),
    by=JONAS,
    stops_on=STOPS,
    why=EndReason.NEWER_MODEL,
    reason="The new one finds twice as many",
    instead="The new list",
    confirmed=(PRIYA,),
    waiting=(SOFIA,),
)
PAGE = EndPage(3, "DEDUPE", "Contact de-duplication", END, ("it stops on 6 April 2026",), True)


def test_its_users_read_when_why_and_what_then() -> None:
    assert shown(deprecating.card(END).blocks) == (
        "It stops: Contact de-duplication\n"
        f"2 March · {JONAS.name} · DEDUPE\n"
        "Last day: Monday, 6 April 2026\n"
        "A newer model takes its place: The new one finds twice as many\n"
        "From then on: The new list\n"
        f"Confirmed by {PRIYA.name}. Still to confirm: {SOFIA.name}.\n"
        "[I know]"
    )
    everybody = shown(deprecating.card(replace(END, waiting=())).blocks)
    assert everybody.endswith("✓ Everybody knows.")
    nobody = shown(deprecating.card(replace(END, waiting=(), confirmed=())).blocks)
    assert "knows" not in nobody
    back = shown(deprecating.card(replace(END, withdrawn_on=date(2026, 3, 9))).blocks)
    assert back.startswith("It stays after all: ")
    assert back.endswith("Taken back on 9 March.")
    over = shown(deprecating.card(replace(END, retired=True)).blocks)
    assert over.startswith("It has stopped: ")
    assert "[I know]" not in over


def test_each_is_told_with_the_way_forward_first() -> None:
    def said(**part: Any) -> str:
        told = EndTold(END, **{"confirmed": False, "again": False, **part})
        return shown(notices.notices(NoticesFacts(SOFIA, (told,))).blocks)

    assert "Contact de-duplication stops on 6 April. From then on: The new list." in said()
    assert said().endswith("[Read it all] [I know]")
    assert "Still to confirm: Contact" in said(again=True)
    assert "✓ You have confirmed it." in said(confirmed=True)
    back = EndTold(replace(END, withdrawn_on=STOPS), confirmed=False, again=False)
    text = notices.notices(NoticesFacts(SOFIA, (back,))).text
    assert "Contact de-duplication stays after all. It was to stop on 6 April;" in text.replace(
        "*", ""
    )
    assert "I know" not in text


def test_the_page_has_the_next_step() -> None:
    def said(**changes: Any) -> str:
        return shown(deprecating.page(replace(PAGE, **changes))["blocks"])

    assert "Before it is retired\n• it stops on 6 April 2026" in said()
    assert said().endswith("[It stays after all]")
    assert said(lacking=()).endswith("[Retire it] [It stays after all]")
    assert said(end=None).endswith("[Announce its end]")
    assert "[" not in said(end=None, may_announce=False)
    assert said(retired=True).endswith("This project has ended.")


def test_the_digest_and_the_chronicle_say_it() -> None:
    waits = Unacknowledged(3, 7, DAY, (Person(1, "U1", "Sofía"),), Kind.NOTICE_UNACKNOWLEDGED)
    assert because(waits, FRAUD, DAY).startswith("Sofía has not confirmed that it stops, told on ")
    text = {"text": "Too few use it", "stops_on": "2026-04-06", "notice": 7}
    lines = (HistoryLine("stays", DAY, JONAS, text), HistoryLine("end", DAY, JONAS, text))
    said = shown(chronicle.page(HistoryPage(3, "X", "X", lines, 0, more=False), 10)["blocks"])
    assert "It stays after all\n" in said
    assert "It stops on 6 Apr 2026: Too few use it" in said


def test_the_project_page_has_its_parts_from_readiness_on() -> None:
    def said(stage: Stage) -> str:
        return shown(project_page.page(replace(FACTS, stage=stage), "/lab")["blocks"])

    assert "[Live number] [Incidents] [Its end]" in said(Stage.READINESS)
    assert "Live number" not in said(Stage.DEVELOPMENT)


def test_who_is_asked_confirms_it_where_they_read_it_all() -> None:
    reader = END.waiting[0].slack_id
    assert "[I know]" in shown(deprecating.in_full(END, reader)["blocks"])
    over = replace(END, retired=True)
    for facts, who in ((END, "UELSE"), (over, reader)):
        assert "[I know]" not in shown(deprecating.in_full(facts, who)["blocks"])


@modest
@given(many)
def test_any_text_fits(words: list[str]) -> None:
    said = endless(words)
    crowd = tuple(Person(n, f"U{n}", next(said)) for n in range(50))
    for facts in (END, replace(END, waiting=crowd, confirmed=crowd), replace(END, retired=True)):
        one = spoiled(facts, said)
        sendable(deprecating.card(one))
        showable(deprecating.in_full(one, "U1"))
        showable(deprecating.page(replace(PAGE, name=next(said), end=one)))
    twelve = tuple(
        EndTold(replace(spoiled(END, said), notice_id=n), confirmed=False, again=bool(n % 2))
        for n in range(12)
    )
    sendable(notices.notices(NoticesFacts(JONAS, twelve)))
    told = tuple(f"U{n}" for n in range(50))
    showable(deprecating.form(EndFormFacts(10**17, "DEDUPE", next(said), STOPS, told)))


FILLED = {"stops_on": "2026-04-06", "why": "cost", "reason": "x", "instead": "y"}


def test_the_form_is_read_as_it_is_filled_in() -> None:
    assert parse(EndForm, FILLED).end == End(STOPS, EndReason.COST, "x", "y")
    assert parse(EndForm, FILLED | {"told": ["U1"]}).end.told == ("U1",)
    assert STOPS - timedelta(days=35) == END.on


@pytest.mark.parametrize("name", ["stops_on", "why", "reason", "instead"])
def test_what_is_missing_stands_beside_its_field(name: str) -> None:
    with pytest.raises(InvalidForm) as refused:
        parse(EndForm, FILLED | {name: None})
    assert set(refused.value.fields) == {name}
