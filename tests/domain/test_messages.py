"""Rows that the outbox holds today: the next release must still read them (changes are additive only)."""

from typing import Any, get_args

import pytest
from pydantic import ValidationError

from models.domain import errands
from models.domain.delivery import Priority
from models.domain.messages import Message, message_of

GOLDEN: list[tuple[dict[str, Any], str, int, str | None]] = [
    ({"kind": "standup_prompt", "prompt_id": 7}, "prompt:7", Priority.PERSON, None),
    ({"kind": "standup_summary", "run_id": 7}, "summary:7", Priority.CHANNEL, None),
    (
        {"kind": "standup_detail", "run_id": 7, "entry_id": 8},
        "detail:8",
        Priority.CHANNEL,
        "summary:7",
    ),
    ({"kind": "taken_to_thread", "entry_id": 8}, "taken:8", Priority.PERSON, None),
    (
        {"kind": "notices", "member_id": 7, "on": "2026-02-03"},
        "notices:7:2026-02-03",
        Priority.CHANNEL,
        None,
    ),
    ({"kind": "standup_is_set", "ceremony_id": 7}, "standup:7", Priority.PERSON, None),
    ({"kind": "standup_reminder", "prompt_id": 7}, "reminder:7", Priority.PERSON, None),
    (
        {"kind": "standup_trouble", "ceremony_id": 7, "what": "left", "about": "Ana"},
        "trouble:7:left",
        Priority.PERSON,
        None,
    ),
    ({"kind": "stalled_digest", "digest_id": 7}, "digest:7", Priority.CHANNEL, None),
    ({"kind": "leadership_digest", "digest_id": 7}, "leadership:7", Priority.CHANNEL, None),
    (
        {"kind": "stakeholder_note", "about": "scope", "number": 7},
        "stakeholders:scope:7",
        Priority.CHANNEL,
        None,
    ),
    ({"kind": "decision_made", "decision_id": 7}, "decision:7", Priority.CHANNEL, None),
    (
        {"kind": "decision_brief", "project_id": 7, "on": "2026-02-05"},
        "brief:7:2026-02-05",
        Priority.CHANNEL,
        None,
    ),
    ({"kind": "scope_changed", "scope_id": 7}, "scope:7", Priority.CHANNEL, None),
    ({"kind": "stage_moved", "event_id": 7}, "stage:7", Priority.CHANNEL, None),
    ({"kind": "review_card", "review_id": 7}, "review:7", Priority.CHANNEL, None),
    (
        {"kind": "review_checklist", "review_id": 7},
        "checklist:7",
        Priority.CHANNEL,
        "review:7",
    ),
    ({"kind": "review_planned", "review_id": 7}, "planned:7", Priority.CHANNEL, None),
    ({"kind": "review_result", "review_id": 7}, "result:7", Priority.CHANNEL, None),
    (
        {"kind": "monthly_review", "month": "2026-02", "project_ids": [7, 8]},
        "monthly:2026-02",
        Priority.CHANNEL,
        None,
    ),
    (
        {"kind": "review_calendar", "review_id": 7, "member_id": 8, "asked": "V1"},
        "calendar:7:8:V1",
        Priority.PERSON,
        None,
    ),
    ({"kind": "end_announced", "notice_id": 7}, "end:7", Priority.CHANNEL, None),
    ({"kind": "incident_card", "incident_id": 7}, "incident:7", Priority.CHANNEL, None),
    ({"kind": "could_not_post", "delivery_id": 7}, "refused:7", Priority.PERSON, None),
    (
        {"kind": "export", "member_id": 7, "what": "own", "form": "jsonl", "asked": "V1"},
        "export:7:own:jsonl:V1",
        Priority.PERSON,
        None,
    ),
    ({"kind": "progress_digest", "digest_id": 7}, "progress:7", Priority.CHANNEL, None),
    (
        {"kind": "progress_charts", "digest_id": 7},
        "progress_charts:7",
        Priority.CHANNEL,
        "progress:7",
    ),
    (
        {
            "kind": "chart_asked",
            "member_id": 7,
            "what": "progress",
            "project_id": 8,
            "asked": "T1",
        },
        "chart:7:progress:8:T1",
        Priority.PERSON,
        None,
    ),
    (
        {"kind": "read_channel", "ceremony_id": 7, "people": ["U1", "U2"], "observers": ["U3"]},
        "channel:7",
        Priority.PERSON,
        None,
    ),
    ({"kind": "home_page", "slack_id": "U1", "at": "20"}, "home:U1", Priority.REFRESH, None),
    (
        {
            "kind": "modal_page",
            "slack_id": "U1",
            "view_id": "V1",
            "page": "project_parts.back",
            "value": "7",
            "metadata": "8",
            "at_home": "20",
        },
        "view:V1",
        Priority.PERSON,
        None,
    ),
    (
        {"kind": "chore", "task": "heard", "number": 7, "more": "x"},
        "heard:7",
        Priority.PERSON,
        None,
    ),
    ({"kind": "read_person", "slack_id": "U1"}, "person:U1", Priority.PERSON, None),
]


@pytest.mark.parametrize(("row", "subject", "priority", "thread"), GOLDEN)
def test_a_row_of_today_is_still_understood(
    row: dict[str, Any], subject: str, priority: int, thread: str | None
) -> None:
    message = message_of(row)
    assert message.model_dump(mode="json") == row
    assert (message.subject, message.priority, message.thread_subject) == (
        subject,
        priority,
        thread,
    )


def test_every_kind_has_a_golden_row() -> None:
    kinds = {kind.model_fields["kind"].default for kind in get_args(get_args(Message)[0])}
    assert kinds == {row["kind"] for row, *_ in GOLDEN}


def test_a_channel_read_before_people_could_be_named_is_still_understood() -> None:
    assert message_of({"kind": "read_channel", "ceremony_id": 7}) == errands.ReadChannel(
        ceremony_id=7
    )


@pytest.mark.parametrize("row", [{}, {"kind": "standup_poem"}, {"kind": "standup_prompt"}])
def test_what_another_version_wrote_is_refused(row: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        message_of(row)
