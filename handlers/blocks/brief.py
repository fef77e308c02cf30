"""The decision brief (domain §5.4): one screen to decide on, in words that need no metric's name."""

from typing import Any

from handlers.blocks import words
from handlers.blocks.decisions import advised
from handlers.blocks.document import Bold, Document, Rendered, Spans, button
from handlers.blocks.forms import modal
from handlers.blocks.money import money
from handlers.blocks.text import shortened
from handlers.ids import Click, Form
from models.domain.brief import BriefFacts, InTheWay, Uplift
from models.domain.facts import Person

MOST_WAITS = 3
"""What holds it up that a brief names."""


def message(facts: BriefFacts) -> Rendered:
    """In the project's channel, with a way to decide."""
    document = _document(facts)
    value = str(facts.project_id)
    buttons = [
        button("Decide", Click.DECIDE, value, style="primary"),
        button("Decisions so far", Click.DECISIONS, value),
    ]
    return document.actions("brief", buttons).rendered()


def page(facts: BriefFacts) -> dict[str, Any]:
    """The same, for one reader."""
    blocks = _document(facts).blocks()
    return modal("Decision brief", blocks, callback_id=Form.NOTE, close="Close")


def _document(facts: BriefFacts) -> Document:
    on = f", to decide on {words.weekday(facts.on)} {words.long_day(facts.on)}" if facts.on else ""
    document = Document().heading(f"{shortened(facts.name, 80)}{on}")
    document.paragraph(Bold("By the rule: "), advised(facts.advice))
    document.paragraph(Bold("Promised: "), _promised(facts))
    document.paragraph(Bold("Now: "), _now(facts))
    document.context(shortened(facts.numbers.phrase, 200) if facts.numbers else "")
    document.paragraph(Bold("Worth: "), _worth(facts.worth))
    document.bullets(
        "Ruled out",
        [[shortened(title, 100)] for title in facts.ruled_out],
        left_out=facts.ruled_out_more,
        where="in the list",
    )
    document.bullets(
        "Not tried yet",
        [_idea(one.key, one.title, one.days) for one in facts.ideas],
        left_out=facts.ideas_more,
        where="in the list",
    )
    document.paragraph(Bold("What comes next: "), _next(facts))
    waits = _in_the_way(facts.in_the_way)
    document.bullets(
        "In the way",
        [[said] for said in waits[:MOST_WAITS]],
        left_out=max(len(waits) - MOST_WAITS, 0),
        where="on its page",
    )
    document.bullets(
        "Still open",
        [[said] for said in facts.gaps],
        left_out=facts.gaps_more,
        where="on its page",
    )
    return document


def _in_the_way(waits: InTheWay) -> list[str]:
    """“Bank feed terms (Sofía)”, “hand-over review, due 5 Nov”, “contract signed (Tom), due 4 Dec”."""
    said = [f"{shortened(one.text, 120)}{_who(one.owner)}" for one in waits.blockers]
    said += [
        f"{one.kind.label}, due {words.short_day(one.due)}, is not held" for one in waits.reviews
    ]
    return said + [
        f"{shortened(one.text, 120)}{_who(one.owner)}: a condition, due {words.short_day(one.due)}"
        for one in waits.conditions
    ]


def _who(owner: Person | None) -> str:
    return f" ({shortened(owner.name, 60)})" if owner else ""


def _promised(facts: BriefFacts) -> str:
    """“60 of 100. Ends on 18 Dec unless 50 of 100 is reached. Live between … and ….”."""
    numbers = facts.numbers
    said = ["Nothing that is measured yet."]
    if numbers:
        said = [f"{words.needed(numbers)}."]
    if facts.stop and numbers:
        mark = words.also(numbers, facts.stop[0])
        said.append(f"It ends on {words.short_day(facts.stop[1])} unless {mark} is reached.")
    if facts.estimate:
        first, last = facts.estimate
        said.append(f"Live between {words.full_day(first)} and {words.full_day(last)}.")
    return " ".join(said)


def _now(facts: BriefFacts) -> str:
    """“41 ▁▃▅█ 65 of 100, best since 5 Nov.”."""
    numbers = facts.numbers
    if numbers is None:
        return "no number yet."
    if numbers.since is None:
        return f"{words.said(numbers)[0]} today, nothing better yet."
    drawn = words.drawn(numbers, facts.series)
    return f"{drawn}, best since {words.short_day(numbers.since, facts.today)}."


def _worth(worth: Uplift | None) -> str:
    if worth is None:
        return "not yet estimated."
    needed = f"{money(worth.needed, worth.currency)} a month at what is needed"
    if worth.best is None:
        return f"{needed}."
    return f"{needed}; {money(worth.best, worth.currency)} at the best so far."


def _idea(key: str, title: str, days: int) -> Spans:
    return [Bold(shortened(title, 100)), f" ({key}): {words.count_of(days, 'working day')}"]


def _next(facts: BriefFacts) -> str:
    """“5 person-weeks to 16 December would answer 2 of these 3 ideas.”."""
    if not facts.ideas:
        return "no untried idea is written down. What would the next weeks tell us?"
    weeks = f"{facts.person_weeks:g} person-week{'' if facts.person_weeks == 1 else 's'}"
    until = f" to {words.long_day(facts.horizon)}" if facts.effort is not None else ""
    answered, of = len(facts.would_tell), len(facts.ideas)
    if not answered:
        return f"{weeks}{until} are too few for the cheapest idea."
    count = f"these {of}" if answered == of else f"{answered} of these {of}"
    which = "this idea" if of == 1 else f"{count} ideas"
    return f"{weeks}{until} would answer {which}."
