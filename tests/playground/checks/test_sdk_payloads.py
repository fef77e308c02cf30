"""Realistic payloads built with Slack's own SDK: not one of them is refused."""

from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ChannelSelectElement,
    CheckboxesElement,
    ConfirmObject,
    ContextBlock,
    ConversationFilter,
    ConversationSelectElement,
    DatePickerElement,
    DateTimePickerElement,
    DividerBlock,
    EmailInputElement,
    ExternalDataSelectElement,
    HeaderBlock,
    ImageBlock,
    ImageElement,
    InputBlock,
    MarkdownBlock,
    MarkdownTextObject,
    NumberInputElement,
    Option,
    OptionGroup,
    OverflowMenuElement,
    PlainTextInputElement,
    PlainTextObject,
    RadioButtonsElement,
    RichTextBlock,
    RichTextInputElement,
    RichTextListElement,
    RichTextSectionElement,
    SectionBlock,
    StaticMultiSelectElement,
    StaticSelectElement,
    TimePickerElement,
    UrlInputElement,
    UserMultiSelectElement,
)
from slack_sdk.models.blocks.basic_components import DispatchActionConfig
from slack_sdk.models.blocks.block_elements import (
    FileInputElement,
    InputInteractiveElement,
    RichTextElementParts,
)
from slack_sdk.models.blocks.blocks import AlertBlock, ContainerBlock, TableBlock
from slack_sdk.models.views import View

from bot.playground.checks import check_message, check_view

STATUSES = [Option(value=value, label=value.capitalize()) for value in ("running", "supported")]
CONFIRM = ConfirmObject(
    title="Conclude?", text=PlainTextObject(text="This closes it."), confirm="Yes", deny="No"
)


def posted(*blocks: Block, **more: Any) -> list[str]:
    return check_message({"text": "x", "blocks": [block.to_dict() for block in blocks], **more})


def field(name: str, element: InputInteractiveElement, **more: Any) -> InputBlock:
    return InputBlock(block_id=name, label=name.capitalize(), element=element, **more)


def test_a_standup_prompt() -> None:
    metadata = {"event_type": "labmate_delivery", "event_payload": {"id": 17, "again": False}}
    assert not posted(
        HeaderBlock(text="Standup · nano-research"),
        SectionBlock(
            block_id="about",
            text=MarkdownTextObject(text="*FRAUD-12* — _learning rate_", verbatim=True),
            accessory=OverflowMenuElement(action_id="more", options=STATUSES, confirm=CONFIRM),
        ),
        SectionBlock(fields=[MarkdownTextObject(text="*Owner*\n<@U1>"), PlainTextObject(text="x")]),
        ContextBlock(
            elements=[
                ImageElement(image_url="https://e.org/i.png", alt_text="Jonas"),
                MarkdownTextObject(text="due 09:30"),
            ]
        ),
        DividerBlock(),
        ActionsBlock(
            elements=[
                ButtonElement(
                    text="Answer", action_id="answer", value="17", style="primary", confirm=CONFIRM
                ),
                ButtonElement(text="Open", action_id="open", url="https://e.org"),
                StaticSelectElement(
                    action_id="status",
                    placeholder="Status",
                    options=STATUSES,
                    initial_option=STATUSES[0],
                ),
                DatePickerElement(action_id="due", initial_date="2026-02-03"),
            ]
        ),
        metadata=metadata,
        thread_ts="1770107400.000100",
    )


def test_a_digest() -> None:
    cells = [[{"type": "raw_text", "text": text} for text in row] for row in ("ab", "cd")]
    parts = RichTextElementParts
    assert not posted(
        RichTextBlock(
            elements=[
                RichTextSectionElement(
                    elements=[
                        parts.Text(text="Learned: ", style=parts.TextStyle(bold=True)),
                        parts.User(user_id="U1"),
                        parts.Date(timestamp=1770107400, format="{date_short}", fallback="3 Feb"),
                        parts.Link(url="https://e.org", text="run"),
                    ]
                ),
                RichTextListElement(
                    style="ordered",
                    indent=1,
                    elements=[RichTextSectionElement(elements=[parts.Emoji(name="wave")])],
                ),
            ]
        ),
        TableBlock(rows=cells, column_settings=[{"align": "left"}, {"is_wrapped": True}]),
        ContainerBlock(title="12 more", is_collapsible=True, child_blocks=[SectionBlock(text="x")]),
        ImageBlock(image_url="https://e.org/i.png", alt_text="best so far", title="Velocity"),
        MarkdownBlock(text="# done"),
    )


def form() -> list[InputBlock]:
    groups = [OptionGroup(label="Open", options=STATUSES)]
    on_enter = DispatchActionConfig(trigger_actions_on=["on_enter_pressed"])
    boxes = CheckboxesElement(
        action_id="a", options=STATUSES, initial_options=STATUSES[:1], focus_on_load=True
    )
    return [
        field(
            "learned",
            PlainTextInputElement(
                action_id="a",
                multiline=True,
                max_length=3000,
                min_length=1,
                placeholder="One sentence",
                initial_value="",
                dispatch_action_config=on_enter,
            ),
            hint="What you know now",
            optional=True,
            dispatch_action=True,
        ),
        field("value", NumberInputElement(is_decimal_allowed=True, initial_value="0.5")),
        field("link", UrlInputElement(action_id="a")),
        field("mail", EmailInputElement(action_id="a")),
        field("notes", RichTextInputElement(action_id="a", min_lines=2, max_lines=9)),
        field("files", FileInputElement(action_id="a", filetypes=["csv"], max_files=1)),
        field("boxes", boxes),
        field("radio", RadioButtonsElement(options=STATUSES, initial_option=STATUSES[1])),
        field("groups", StaticMultiSelectElement(option_groups=groups, max_selected_items=2)),
        field("person", UserMultiSelectElement(initial_users=["U1"])),
        field("parent", ExternalDataSelectElement(min_query_length=0)),
        field("channel", ChannelSelectElement(response_url_enabled=True)),
        field(
            "talk",
            ConversationSelectElement(
                default_to_current_conversation=True,
                filter=ConversationFilter(include=["public"], exclude_bot_users=True),
            ),
        ),
        field("time", TimePickerElement(initial_time="09:30", timezone="Europe/Berlin")),
        field("moment", DateTimePickerElement(initial_date_time=1770107400)),
    ]


def test_a_form() -> None:
    view = View(
        type="modal",
        callback_id="experiment_new",
        title="New hypothesis",
        submit="Save",
        close="Cancel",
        private_metadata='{"project": 3}',
        notify_on_close=True,
        clear_on_close=False,
        external_id="x",
        blocks=[AlertBlock(text="Two fields are missing", level="warning"), *form()],
    )
    assert not check_view(view.to_dict())


def test_a_home() -> None:
    view = View(type="home", callback_id="home", blocks=[HeaderBlock(text="Waiting on you")])
    assert not check_view(view.to_dict())
