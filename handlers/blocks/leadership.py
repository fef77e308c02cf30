"""The leadership digest (domain §5.1): decisions first, then a block a project with what, when and worth."""

from datetime import date

from handlers.blocks import digest_forms, words
from handlers.blocks import leadership_ending as ending
from handlers.blocks import leadership_lines as line
from handlers.blocks.document import Bold, Document, Italic, Rendered, Span, Spans
from handlers.blocks.text import shortened, size
from models.domain.digest import DigestKind
from models.domain.digest_facts import DigestPage
from models.domain.leadership import A_MONTH
from models.domain.leadership_facts import LeadershipFacts, Place, ProjectFacts
from models.domain.leadership_since import week_to

ROOM = 6_500
"""Characters of the blocks in full; the projects behind them have a line each."""
MOST = 30
"""Blocks in full: a message has at most 50 blocks."""
EXPLAINED = 12
"""Up to so many unchanged projects say what their figure is about, and what it is worth."""
STEPS = (
    "Progress here comes in steps, not lines: long flat stretches are normal, "
    "and each idea ruled out narrows the search."
)


def digest(facts: LeadershipFacts) -> Rendered:
    """The message in the leaders' channel."""
    return document(facts).rendered()


def preview(facts: LeadershipFacts, schedule: DigestPage | None, channel: str) -> Rendered:
    """What `/lab digest leadership` shows to its reader: as of now, and when it is posted in the channel."""
    page = document(facts)
    return digest_forms.posted(page, schedule, DigestKind.LEADERSHIP, channel).rendered()


def document(facts: LeadershipFacts) -> Document:
    """The digest, to be gone on with."""
    page = Document().heading(f"Machine learning — week to {words.long_day(week_to(facts.as_of))}")
    page.context(_when(facts))
    _decisions(page, facts)
    full, brief = _split(facts)
    for one in full:
        page.paragraph(*block(one, facts.as_of))
    unchanged = [one for one in brief if one.unchanged]
    say = _in_a_line if len(unchanged) <= EXPLAINED else line.short
    page.bullets("Unchanged", [say(one, facts.as_of) for one in unchanged], where="unchanged")
    page.bullets(
        "And these",
        [line.short(one, facts.as_of) for one in brief if not one.unchanged],
        where="besides",
    )
    if not facts.projects:
        page.paragraph("No project is under way.")
    _ending(page, facts)
    return page


def _in_a_line(facts: ProjectFacts, today: date) -> Spans:
    """A project that has not changed: what its figure is about, and what it is worth if that is known."""
    if facts.place is Place.IDLE:
        return line.short(facts, today)
    name = Bold(shortened(facts.name, line.NAME))
    money = [f" {line.worth(facts)}"] if facts.worth is not None else []
    still = [f" {line.still(facts.still, today)}"] if facts.still and facts.decision is None else []
    return [name, f": {line.standing(facts)}. ", *line.what(facts, today), *money, *still]


def status(facts: LeadershipFacts) -> Rendered:
    """`/lab status`: what leaders would be told of one project."""
    page = Document()
    for one in facts.projects:
        if one.decision is not None:
            page.paragraph(Bold("Decision wanted: "), *line.wanted(one, one.decision, facts.as_of))
        page.paragraph(*block(one, facts.as_of))
    page.context(f"As of {words.weekday(facts.as_of)}, {words.full_day(facts.as_of)}.")
    return page.rendered()


def block(facts: ProjectFacts, today: date) -> Spans:
    """One project: its title, and a line each for what, when, worth and the rest."""
    spans: list[Span] = [*line.title(facts)]
    for row in line.lines(facts, today):
        spans += ["\n", *row]
    return spans


def _when(facts: LeadershipFacts) -> str:
    late = "Late: it could not be posted in time. " if facts.late else ""
    before = f"Compared with {words.long_day(facts.before, facts.as_of)}." if facts.before else ""
    return f"{late}{before}".strip()


def _decisions(page: Document, facts: LeadershipFacts) -> None:
    wanted = [
        line.wanted(one, one.decision, facts.as_of)
        for one in facts.projects
        if one.decision is not None
    ]
    if wanted:
        page.bullets(f"Decisions wanted from you: {len(wanted)}", wanted, where="below")
    elif facts.projects:
        page.paragraph(Bold("No decision is wanted from you this week."))


def _split(facts: LeadershipFacts) -> tuple[list[ProjectFacts], list[ProjectFacts]]:
    """Those in full, the most important first, as long as there is room; and those in a line."""
    full: list[ProjectFacts] = []
    brief: list[ProjectFacts] = []
    left = ROOM
    for one in facts.projects:
        spent = sum(size(str(getattr(span, "words", span))) for span in block(one, facts.as_of))
        if one.unchanged or left < spent or len(full) == MOST:
            brief.append(one)
            left = left if one.unchanged else 0
        else:
            full.append(one)
            left -= spent
    return full, brief


def _ending(page: Document, facts: LeadershipFacts) -> None:
    weeks = A_MONTH.days // 7
    if said := ending.learned(facts):
        page.paragraph(Bold(f"What we learned ({weeks} weeks)"), f" — {said}")
    if said := ending.bets(facts):
        page.paragraph(Bold("Bets"), f" — {said}{ending.hedging(facts)}")
    page.paragraph(Italic(STEPS))
