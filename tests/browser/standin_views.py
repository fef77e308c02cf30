"""What the stand-in bot shows: blocks of every kind, and a modal with every kind of input."""

from typing import Any

JSON = dict[str, Any]

DAY = 1770107400  # 3 February 2026, 08:30 UTC


def plain(text: str) -> JSON:
    return {"type": "plain_text", "text": text, "emoji": True}


def mrkdwn(text: str, *, verbatim: bool = False) -> JSON:
    return {"type": "mrkdwn", "text": text} | ({"verbatim": True} if verbatim else {})


def section(text: str, **more: Any) -> JSON:
    return {"type": "section", "text": mrkdwn(text), **more}


def option(text: str, value: str, description: str | None = None) -> JSON:
    words = {"description": plain(description)} if description else {}
    return {"text": plain(text), "value": value, **words}


def button(text: str, action_id: str, **more: Any) -> JSON:
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def field(block_id: str, label: str, element: JSON, **more: Any) -> JSON:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": {"action_id": "v", **element},
        **more,
    }


PROMPT = [
    section("*Card fraud alerts*: stop more fraud without more false alerts"),
    {
        "type": "actions",
        "block_id": "prompt",
        "elements": [
            button("Update", "update", style="primary"),
            button("No change", "no_change"),
            button("Slow", "slow"),
            button(
                "Drop it",
                "drop",
                style="danger",
                confirm={
                    "title": plain("Drop this experiment?"),
                    "text": plain("It stays in the record."),
                    "confirm": plain("Drop it now"),
                    "deny": plain("Keep it"),
                    "style": "danger",
                },
            ),
            {
                "type": "overflow",
                "action_id": "more",
                "options": [option("Pause", "pause"), option("I’m away", "away")],
            },
            {
                "type": "static_select",
                "action_id": "project",
                "placeholder": plain("Project"),
                "options": [option("Fraud", "fraud"), option("Churn", "churn")],
            },
        ],
    },
]

SUMMARY = [
    {"type": "header", "text": plain("Learned since Thursday")},
    section("*Still testing*\n• *18 months of history* (<@U0ANA>), day 5 of 8"),
]

EVERY_BLOCK = [
    {"type": "header", "text": plain("A header :tada:")},
    section("*bold* _italic_ ~gone~ `code` <https://example.com/x|a link> <#C0TEAM> &lt;b&gt;"),
    {"type": "section", "fields": [mrkdwn("*Baseline*\n41"), mrkdwn("*Needed*\n60")]},
    {"type": "divider"},
    {"type": "context", "elements": [mrkdwn("_small words_"), plain("plain words")]},
    {
        "type": "image",
        "image_url": "https://elsewhere.example/chart.png",
        "alt_text": "41 to 65, needed 60",
    },
    {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": "*not bold* <script>alert(1)</script> "},
                    {"type": "text", "text": "strong", "style": {"bold": True}},
                    {"type": "user", "user_id": "U0BEN"},
                    {"type": "emoji", "name": "rocket"},
                ],
            },
            {
                "type": "rich_text_list",
                "style": "ordered",
                "elements": [
                    {"type": "rich_text_section", "elements": [{"type": "text", "text": "first"}]}
                ],
            },
            {"type": "rich_text_quote", "elements": [{"type": "text", "text": "quoted"}]},
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "x = 1"}]},
        ],
    },
    {"type": "markdown", "text": "## Heading\n\n- one\n- **two**\n\n[site](https://example.com/)"},
    {
        "type": "table",
        "column_settings": [{}, {"align": "right"}],
        "rows": [
            [{"type": "raw_text", "text": "Idea"}, {"type": "raw_text", "text": "Result"}],
            [{"type": "raw_text", "text": "History"}, {"type": "raw_text", "text": "53.8"}],
        ],
    },
]

_STANDS = [option("Still testing", "testing"), option("Refuted", "refuted", "Counts as much")]

EVERY_INPUT = [
    field(
        "learned",
        "What did you learn?",
        {"type": "plain_text_input", "multiline": True, "max_length": 40, "focus_on_load": True},
        hint=plain("What can you now rule out?"),
    ),
    field(
        "stand",
        "Where does it stand?",
        {"type": "radio_buttons", "options": _STANDS, "initial_option": _STANDS[0]},
    ),
    field(
        "checks",
        "Checked",
        {"type": "checkboxes", "options": [option("Baseline", "base"), option("Split", "split")]},
        optional=True,
    ),
    field("number", "Latest number", {"type": "number_input", "is_decimal_allowed": True}),
    field("mail", "Mail", {"type": "email_text_input"}, optional=True),
    field("run", "Run", {"type": "url_text_input"}, optional=True),
    field("day", "Day", {"type": "datepicker", "placeholder": plain("Choose a day")}),
    field("time", "Time", {"type": "timepicker"}),
    field("moment", "Moment", {"type": "datetimepicker"}),
    field(
        "way",
        "In the way",
        {
            "type": "static_select",
            "option_groups": [
                {"label": plain("Data"), "options": [option("Data access", "access")]},
                {"label": plain("Other"), "options": [option("Compute", "compute")]},
            ],
        },
    ),
    field(
        "ideas",
        "Ideas",
        {
            "type": "multi_static_select",
            "options": [option("History", "history"), option("Blend", "blend")],
        },
    ),
    field("follows", "Follows", {"type": "external_select", "min_query_length": 2}),
    field("owner", "Owner", {"type": "users_select"}),
    field("team", "Team", {"type": "multi_users_select", "initial_users": ["U0BEN"]}),
    field("channel", "Channel", {"type": "channels_select"}),
    field("where", "Where", {"type": "conversations_select"}),
]


def form(blocks: list[JSON] | None = None, **more: Any) -> JSON:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain("Card fraud alerts"),
        "submit": plain("Send"),
        "close": plain("Cancel"),
        "notify_on_close": True,
        "blocks": EVERY_INPUT if blocks is None else blocks,
        **more,
    }


SHORT = [
    field("learned", "What did you learn?", {"type": "plain_text_input"}),
    {
        "type": "actions",
        "block_id": "extra",
        "elements": [button("Ask more", "ask_more"), button("Deeper", "deeper")],
    },
]

HOME = {
    "type": "home",
    "blocks": [
        {"type": "header", "text": plain("Waiting for you")},
        section("One standup", accessory=button("Answer", "update", style="primary")),
    ],
}
