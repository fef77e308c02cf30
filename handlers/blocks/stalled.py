"""The stalled digest (domain §5.2): what could use a hand, each with its action, and where projects stand."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from slack_sdk.models.blocks import InteractiveElement

from handlers.blocks import digest_forms, words
from handlers.blocks.document import Bold, Document, Italic, Rendered, Span, Spans, button
from handlers.blocks.forms import modal
from handlers.blocks.reasons import because
from handlers.blocks.text import shortened
from handlers.ids import Click, Form
from models.domain.digest import DigestKind
from models.domain.digest_facts import ContextLine, DigestPage, StalledFacts
from models.domain.facts import Numbers
from models.domain.findings.kinds import (
    Kind,
    Overdue,
    OverdueCondition,
    PlateauAbove,
    PlateauBelow,
    ProductionBelow,
    Reason,
    WaitingReview,
)
from models.domain.findings.raising import Finding, Subject
from models.domain.review import ReviewKind

SHOWN = 12
"""Findings with buttons: a message has at most 50 blocks, and a team one afternoon."""
MOST_ALIKE = 8
"""Reasons that are told apart behind “+2 more”, and so many of each."""
STEPS_NOT_LINES = (
    "Flat stretches are normal in this work. These are questions, not verdicts; "
    "what is fine as it is can be put off."
)

DECIDE = (("Decide", Click.FINDING_DECIDE),)
ACTIONS: dict[Kind, tuple[tuple[str, Click], ...]] = {
    Kind.DECISION_DUE: DECIDE,
    Kind.WAITING_REVIEW: (("Schedule", Click.FINDING_SCHEDULE),),
    Kind.BLOCKED: (("It's cleared", Click.FINDING_CLEARED), ("Escalate", Click.FINDING_ESCALATE)),
    Kind.UNMEASURED: (("Add a number", Click.FINDING_NUMBER), ("Ask", Click.FINDING_ASK)),
    Kind.OVERDUE: (("Conclude", Click.FINDING_CONCLUDE), ("Extend", Click.FINDING_EXTEND)),
    Kind.SILENT: (("Ask", Click.FINDING_ASK),),
    Kind.PLATEAU_ABOVE_ACCEPTANCE: (("New hypothesis", Click.FINDING_NEW),),
    Kind.PLATEAU_BELOW_ACCEPTANCE: (("New hypothesis", Click.FINDING_NEW), *DECIDE),
    Kind.IDLE: (("New hypothesis", Click.FINDING_NEW),),
    Kind.SCOPE_CHANGE_UNACKNOWLEDGED: (("Remind", Click.FINDING_REMIND),),
    Kind.NOTICE_UNACKNOWLEDGED: (("Remind", Click.FINDING_REMIND),),
}
REVIEWS = {
    Kind.PLATEAU_ABOVE_ACCEPTANCE: ("Launch check", ReviewKind.DEPLOYMENT),
    Kind.PLATEAU_BELOW_ACCEPTANCE: ("Peer review", ReviewKind.PEER),
}
"""The review that a flat stretch asks for: good enough is to be shipped, short of it is to be talked over."""
FINE = (Kind.PLATEAU_ABOVE_ACCEPTANCE, Kind.PLATEAU_BELOW_ACCEPTANCE, Kind.IDLE)


def digest(facts: StalledFacts) -> Rendered:
    """The message in the channel."""
    return _document(facts).rendered()


def preview(facts: StalledFacts, schedule: DigestPage | None, channel: str) -> Rendered:
    """What `/lab digest` shows to its reader: as of now, and when it is posted in the channel."""
    page = _document(facts)
    return digest_forms.posted(page, schedule, DigestKind.STALLED, channel).rendered()


def _document(facts: StalledFacts) -> Document:
    numbers = {line.project_id: line.numbers for line in facts.projects}
    document = Document().heading(_title(facts))
    document.context(_day(facts))
    for place, finding in enumerate(facts.findings[:SHOWN]):
        line = _line(finding, numbers.get(finding.subject.project_id), facts.as_of)
        document.paragraph(*line)
        document.actions(f"finding_{place}", _buttons(finding, facts.digest_id))
    document.bullets(
        "And these",
        [
            _line(finding, numbers.get(finding.subject.project_id), facts.as_of)
            for finding in facts.findings[SHOWN:]
        ],
        where="when some of these are settled",
    )
    document.bullets("Settled since", [[name] for name in facts.settled], where="settled")
    document.paragraph(Italic(_rest(facts)))
    document.bullets(
        "Where the projects stand",
        [context(line, facts.as_of) for line in facts.projects],
        where="in the list",
    )
    return document


def _title(facts: StalledFacts) -> str:
    if not facts.findings:
        return "Nothing needs a hand"
    return f"Could use a hand ({len(facts.findings)})"


def _day(facts: StalledFacts) -> str:
    late = " · late: it could not be posted in time" if facts.late else ""
    return f"{words.weekday(facts.as_of)}, {words.long_day(facts.as_of)}{late}"


def _rest(facts: StalledFacts) -> str:
    """“3 experiments on course, 1 put off. Flat stretches are normal …”."""
    parts = [words.count_of(facts.on_course, "experiment on course", "experiments on course")]
    if not facts.on_course:
        raised = any(one.subject.experiment_id is not None for one in facts.findings)
        other = "other " if raised else ""
        parts = [f"No {other}experiment is running in the record"]
    if facts.said_before:
        parts.append(f"{facts.said_before} said earlier this week")
    if facts.put_off:
        parts.append(f"{facts.put_off} put off")
    said = f"{', '.join(parts)}."
    return f"{said} {STEPS_NOT_LINES}" if facts.findings else said


def _line(finding: Finding, numbers: Numbers | None, today: date) -> Spans:
    """“*Season correction* (CHURN-13, Priya): 6 working days past its timebox of 8.”."""
    subject = finding.subject
    who = f", {shortened(subject.owner.name, 60)}" if subject.owner else ""
    return [
        Bold(shortened(subject.name, 120)),
        f" ({subject.key}{who}): {because(finding.first, numbers, today)}",
    ]


def _buttons(finding: Finding, digest_id: int | None) -> list[InteractiveElement]:
    kind = finding.first.kind
    kinds = ",".join(dict.fromkeys(reason.kind.value for reason in finding.reasons))
    value = f"{digest_id or 0}|{finding.subject.ref}|{kinds}"
    buttons = _acting(finding.subject, finding.first, digest_id or 0, value)
    buttons.append(
        button("Fine until …" if kind in FINE else "Not now …", Click.FINDING_SNOOZE, value)
    )
    if finding.more:
        buttons.append(button(f"+{finding.more} more", Click.FINDING_MORE, value))
    return buttons


def _acting(
    subject: Subject, reason: Reason, digest_id: int, value: str
) -> list[InteractiveElement]:
    return [
        button(label, click, carried, style="primary" if place == 0 else None)
        for place, (label, click, carried) in enumerate(_steps(subject, reason, digest_id, value))
    ]


def _steps(
    subject: Subject, reason: Reason, digest_id: int, value: str
) -> list[tuple[str, Click, str]]:
    """What can be done about a reason, and what its button carries."""
    match reason:
        case OverdueCondition(condition_id=number):
            return [("It's met", Click.CONDITION_MET, f"{digest_id}|{number}")]
        case WaitingReview(held=True):
            return [(label, click, value) for label, click in DECIDE]
        case ProductionBelow(incident=incident):
            live = ("Live number", Click.LIVE_VALUE, f"{subject.project_id}|{digest_id}")
            if incident is None:
                return [("Open incident", Click.INCIDENT_OPEN, value), live]
            return [("See incident", Click.INCIDENT_SEE, str(incident.incident_id)), live]
        case PlateauAbove() | PlateauBelow() as flat:
            label, kind = REVIEWS[flat.kind]
            steps = [(label, click, value) for label, click in ACTIONS[flat.kind]]
            review = (label, Click.REVIEW_NEW, f"{subject.key}|{kind}")
            return [review, *steps] if kind is ReviewKind.DEPLOYMENT else [*steps, review]
        case one:
            return [(label, click, value) for label, click in _usual(one)]


def _usual(reason: Reason) -> tuple[tuple[str, Click], ...]:
    """An experiment that was extended can only be concluded (domain §2.3)."""
    actions = ACTIONS.get(reason.kind, ())
    return actions[:1] if isinstance(reason, Overdue) and reason.extended else actions


def context(line: ContextLine, today: date) -> Spans:
    """“*Card fraud*: 41 ▁▃▅█ 65 of 100 | needed 60. Best since 5 Nov; since then 4 concluded. 2 open.”."""
    spans: list[Span] = [Bold(shortened(line.name, 80))]
    numbers = line.numbers
    if numbers is None:
        return [*spans, f": no metric yet. {line.running or 'None'} open."]
    stands, since = words.stands(numbers, line.series), words.short_day(line.since, today)
    if numbers.since is None:
        return [*spans, f": {stands}. Since {since} {_concluded(line)}"]
    return [*spans, f": {stands}. Best since {since}. Since then {_concluded(line)}"]


def _concluded(line: ContextLine) -> str:
    """“7 concluded, 5 of them without this number. 2 open.”."""
    said = f"{line.concluded or 'none'} concluded"
    if line.unmeasured and line.numbers is not None:
        which = "all" if line.unmeasured == line.concluded else f"{line.unmeasured} of them"
        said += f", {which} without this number"
    return f"{said}. {line.running or 'None'} open."


def reasons(found: Finding, numbers: Numbers | None, digest_id: int, today: date) -> dict[str, Any]:
    """Everything that could use a hand in one subject, each with its action, behind “+2 more”."""
    subject = found.subject
    document = Document().paragraph(Bold(f"{subject.key} · {shortened(subject.name, 120)}"))
    for place, alike in enumerate(_by_action(found.reasons)[:MOST_ALIKE]):
        reason, more = alike[0], len(alike) - MOST_ALIKE
        said = [because(one, numbers, today) for one in alike[:MOST_ALIKE]]
        document.paragraph("\n".join(f"{one[:1].upper()}{one[1:]}" for one in said))
        document.context(f"{more} more like this" if more > 0 else "")
        value = f"{digest_id}|{subject.ref}|{reason.kind.value}"
        document.actions(f"reason_{place}", _acting(subject, reason, digest_id, value))
    return modal("Could use a hand", document.blocks(), callback_id=Form.NOTE, close="Close")


def _by_action(found: Sequence[Reason]) -> list[list[Reason]]:
    """Reasons about which the same is done together: everybody who has not confirmed is reminded at once."""
    groups: dict[object, list[Reason]] = {}
    for reason in found:
        own = reason.condition_id if isinstance(reason, OverdueCondition) else None
        groups.setdefault((reason.kind, own), []).append(reason)
    return list(groups.values())
