"""A review as a calendar file (RFC 5545), for whichever calendar its reader has."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.domain.facts_reviews import Appointment

AT = time(9)
"""When it is to be decided, on the workspace's wall; the chair is told at the same time."""
LASTS = timedelta(minutes=30)


def calendar_file(facts: Appointment, now: datetime) -> bytes:
    """One event. A calendar that has it already replaces it where `sequence` is higher (RFC 5546).

    It takes nobody's time: the review is answered beside one's work.
    """
    from icalendar import Calendar, Event, vText  # noqa: PLC0415  (slow, and few want it)

    zone = ZoneInfo(facts.tz)
    begins = datetime.combine(facts.day, AT, zone)
    calendar = Calendar()
    calendar.add("prodid", "-//Labmate//Reviews//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if facts.cancelled else "PUBLISH")
    event = Event()
    event.add("uid", f"review-{facts.review_id}-{facts.workspace.lower()}@labmate")
    event.add("sequence", facts.sequence)
    event.add("dtstamp", now)
    event.add("created", facts.planned_at)
    event.add("dtstart", begins)
    event.add("dtend", begins + LASTS)
    event.add("summary", f"{facts.name}: {facts.project_name}")
    event.add("description", "\n".join(_said(facts)))
    event.add("status", "CANCELLED" if facts.cancelled else "CONFIRMED")
    event.add("transp", vText("TRANSPARENT"))
    calendar.add_component(event)
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written


def _said(facts: Appointment) -> list[str]:
    led = f"{facts.chair.name} leads it." if facts.chair else ""
    said = [facts.reason or "", led, "It is to be decided by today. Answers are given in Slack."]
    return [one for one in said if one]
