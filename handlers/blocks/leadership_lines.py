"""The lines of a project's block for its leaders: what, when, worth (domain §5.1), without jargon."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from handlers.blocks import words
from handlers.blocks.document import Bold, Channel, Italic, Link, Span, Spans
from handlers.blocks.money import money
from handlers.blocks.text import sentence, shortened
from models.domain.leadership_facts import (
    Asked,
    Open,
    Place,
    ProjectFacts,
    Still,
    What,
)
from models.domain.metric import Goal
from models.domain.plain_numbers import plain
from models.domain.project import ProjectStatus, Stage
from models.domain.scoring import likelihood

EXACT = 42
"""Days between the earliest and the latest date up to which both are said to the day."""
FEW = 2
"""Conditions, and things in the way, that are named."""
NOT_MEASURED = "No result is measured yet."
MAIN = "Its main number, not put in plain words yet"
"""Where nobody has said what a result counts; its PM reads that this is missing."""
NAME, PHRASE, STORY, TEXT = 80, 160, 280, 140
"""Characters of user text."""


def title(facts: ProjectFacts) -> Spans:
    """“*Card fraud alerts — ready for the launch check*”."""
    name = Bold(f"{shortened(facts.name, NAME)} — {standing(facts)}")
    return [name, " ", Channel(facts.channel_id)] if facts.channel_id else [name]


def standing(facts: ProjectFacts) -> str:
    """Where it stands, in three words."""
    live = facts.stage in {Stage.PRODUCTION, Stage.DEPRECATION}
    match facts.place:
        case Place.NEEDS_DECISION:
            return "live, needs a decision" if live else "needs a decision"
        case Place.NEEDS_ATTENTION:
            return "live, needs attention" if live else "needs help"
        case Place.READY:
            return _ready(facts)
        case Place.IN_SEARCH:
            return "searching"
        case Place.LIVE:
            return "live" if facts.stage is Stage.PRODUCTION else "live, to be retired"
        case Place.IDLE:
            return "on hold" if facts.status is ProjectStatus.ON_HOLD else "not started"


def _ready(facts: ProjectFacts) -> str:
    if not facts.approved:
        return "ready for the launch check"
    count = len(facts.conditions)
    return f"approved, {words.count_of(count, 'condition')} open" if count else "approved"


def lines(facts: ProjectFacts, today: date) -> list[Spans]:
    """What, when, worth, and what else is to be known; one line each."""
    if facts.place is Place.IDLE:
        return [[_idle(facts)]]
    shown: list[Spans] = [
        [Bold("What: "), *what(facts, today), _scope(facts)],
        [Bold("Worth: "), f"{worth(facts)}{likely(facts)}"],
    ]
    if _is_to_come(facts):
        shown.insert(1, [Bold("When: "), when(facts, today)])
    if facts.suspected:
        shown.append([Bold("Why: "), sentence(shortened(facts.suspected, TEXT))])
    if facts.conditions:
        shown.append([Bold("Open: "), conditions(facts.conditions)])
    if facts.waiting:
        shown.append([Bold("Waiting for: "), waiting(facts)])
    if facts.story:
        shown.append([Italic(sentence(shortened(facts.story, STORY)))])
    elif facts.still and facts.decision is None:
        shown.append([Italic(still(facts.still, today))])
    return shown


def still(of: Still, today: date) -> str:
    """That a number stands still while people go on learning; of one that is good enough, what that asks."""
    since, tries = words.long_day(of.since, today), words.count_of(of.tries, "try", "tries")
    if of.enough:
        return (
            f"Good enough since {since}; the last {tries} added little. Ship it and learn from it?"
        )
    return f"No real gain since {since}: {tries} since then, which is normal in this work."


def short(facts: ProjectFacts, today: date) -> Spans:
    """A project that has not changed, in one line, its numbers all three."""
    name = shortened(facts.name, NAME)
    if facts.place is Place.IDLE:
        return [Bold(name), f": {_idle(facts)}"]
    return [Bold(name), f": {standing(facts)}. ", *_result(facts.what, facts.link, today)]


def what(facts: ProjectFacts, today: date) -> Spans:
    """“Out of 100 frauds, how many we stop: *about 65* (today's way 41, needed 60).”, the figure a link."""
    if facts.what is None:
        return [NOT_MEASURED]
    phrase = _phrase(facts.what) or MAIN
    return [f"{phrase}: ", *_result(facts.what, facts.link, today, goes_on=True)]


def _phrase(of: What) -> str:
    said = shortened(of.phrase, PHRASE).rstrip(" .:?")
    return said[:1].upper() + said[1:]


def _result(of: What | None, link: str | None, day: date, *, goes_on: bool = False) -> Spans:
    """“*About 65* (today's way 41, needed 60).”: never one number alone; the figure can be a link."""
    if of is None:
        return [NOT_MEASURED]
    values = [one for one in (of.value, of.last, of.today) if one is not None]
    *said, needed = plain(values, of.needed, unit=of.unit, phrase=of.phrase, goal=of.goal)
    proposed = ", not agreed yet" if of.proposed else ""
    today = "before" if of.live else "today's way"
    if of.value is None:
        nothing = "nothing better than" if goes_on else "Nothing better than"
        figure = _figure(f"today's {said[-1]}", link)
        return [f"{nothing} ", figure, f" is confirmed yet (needed {needed}{proposed})."]
    last = f"{said[1]} last time; " if of.last is not None else ""
    is_about = of.unit.strip().lower() == "share" and not of.live
    about = ("about " if goes_on else "About ") if is_about else ""
    beside = f" ({last}{today} {said[-1]}, needed {needed}{proposed})"
    if of.bad_since is not None:
        way = "below" if of.goal is Goal.MAX else "above"
        beside += f", {way} what it should be since {words.long_day(of.bad_since, day)}"
    return [_figure(f"{about}{said[0]}", link), f"{beside}."]


def _figure(words: str, link: str | None) -> Span:
    return Link(link, words) if link else Bold(words)


def _scope(facts: ProjectFacts) -> str:
    if facts.scope is None:
        return ""
    since = f"{facts.scope.on:%B}"
    return f" Since {since}: {sentence(shortened(facts.scope.what, TEXT))}"


def _is_to_come(facts: ProjectFacts) -> bool:
    return facts.stage not in {Stage.PRODUCTION, Stage.DEPRECATION}


def when(facts: ProjectFacts, today: date) -> str:
    """“Live between end of November and end of February. Launch check 18 November.”."""
    said = _range(facts, today)
    if facts.coming is not None:
        said += f" {shortened(facts.coming.what, 60)} {words.long_day(facts.coming.due)}."
    return said


def _range(facts: ProjectFacts, today: date) -> str:
    if facts.decision is not None:
        return "Unclear until it is decided."
    if facts.latest is None:
        return "Not estimated yet."
    if facts.overrun:
        return f"Was to be live by {words.long_day(facts.latest, today)}; no new date yet."
    if facts.earliest is None:
        return f"Live by {words.long_day(facts.latest)} at the latest."
    ends = [facts.earliest, facts.latest]
    exact = (facts.latest - facts.earliest).days <= EXACT
    first, last = [words.long_day(day) if exact else _part(day) for day in ends]
    year = f" {facts.latest.year}" if facts.latest.year != today.year else ""
    if first == last:
        return f"Live around {first}{year}."
    return f"Live between {first} and {last}{year}."


def _part(day: date) -> str:
    """“end of November”."""
    third = 3 * (day.day - 1) // monthrange(day.year, day.month)[1]
    return f"{('beginning', 'middle', 'end')[third]} of {day:%B}"


def worth(facts: ProjectFacts) -> str:
    """“Roughly €34,000–48,000 a month.”; never blank."""
    if facts.worth is None:
        if facts.asked_by is None:
            return "Not estimated yet (it has no PM to ask)."
        return f"Not estimated yet (asked of its owner, by {words.long_day(facts.asked_by)})."
    of = facts.worth
    costs = f", before {money(of.costs, of.currency)} a month to run it" if of.costs else ""
    if of.needed is None:
        return f"Roughly {money(of.now or (0, 0), of.currency)} a month{costs}."
    mark = _needed(facts.what)
    if of.now is None:
        return f"Nothing yet; roughly {money(of.needed, of.currency)} a month{mark}{costs}."
    return (
        f"{money(of.now, of.currency)} a month with the best so far, "
        f"{money(of.needed, of.currency)}{mark}{costs}."
    )


def _needed(of: What | None) -> str:
    if of is None:
        return ""
    values = [of.today] if of.value is None else [of.value, of.today]
    needed = plain(values, of.needed, unit=of.unit, phrase=of.phrase, goal=of.goal)[-1]
    return f" if it reached {needed}"


def likely(facts: ProjectFacts) -> str:
    """“ Likely to get there (8 of 10, was 4 a month ago).”."""
    if facts.likely is None:
        return ""
    band = likelihood(facts.likely)
    said = "Could go either way" if band == "open" else f"{band.capitalize()} to get there"
    before = f", was {facts.likely_before} a month ago" if facts.likely_before is not None else ""
    return f" {said} ({facts.likely} of 10{before})."


def conditions(of: Sequence[Open]) -> str:
    """“Contract with billing, due 4 December (Sofía).”."""
    said = [
        f"{shortened(one.what, TEXT)}, due {words.long_day(one.due)} ({shortened(one.owner, 60)})"
        for one in of[:FEW]
    ]
    return f"{'; '.join(said)}{_more(len(of))}."


def waiting(facts: ProjectFacts) -> str:
    """“Bank feed terms (8 working days).”."""
    said = [
        f"{shortened(one.what, TEXT).rstrip(' .')} ({words.count_of(one.days, 'working day')})"
        for one in facts.waiting[:FEW]
    ]
    return f"{'; '.join(said)}{_more(len(facts.waiting))}."


def _more(count: int) -> str:
    return f"; {count - FEW} more" if count > FEW else ""


def _idle(facts: ProjectFacts) -> str:
    begins = "Paused" if facts.status is ProjectStatus.ON_HOLD else "Nothing is being tried yet"
    if facts.touchpoint is None:
        return f"{begins}; no date for a decision yet."
    return f"{begins}; decision planned for {words.long_day(facts.touchpoint)}."


def wanted(facts: ProjectFacts, asked: Asked, today: date) -> Spans:
    """“*Cash-flow forecast*: stop, or say what would change the picture? …”."""
    effort = ""
    if asked.effort:
        weeks = "person-week" if asked.effort == 1 else "person-weeks"
        effort = f" Going on costs {asked.effort:g} {weeks} a week."
    return [Bold(shortened(facts.name, NAME)), f": {_question(facts.what, asked, today)}{effort}"]


def _question(of: What | None, asked: Asked, day: date) -> str:
    since = words.long_day(asked.since, day)
    if asked.stop is None or of is None:
        return f"how to go on? A decision was planned for {since}."
    value = of.today if of.value is None else of.value
    now, mark, today, needed = plain(
        [value, asked.stop, of.today], of.needed, unit=of.unit, phrase=of.phrase, goal=of.goal
    )
    phrase = _phrase(of)
    return (
        "stop, or say what would change the picture? "
        f"Its own stop mark of {since} was missed. "
        f"{f'{phrase}: ' if phrase else 'It is '}"
        f"{now} (stop mark {mark}, today's way {today}, needed {needed})."
    )
