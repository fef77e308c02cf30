"""Inputs and modals. A block's id is the field's name, so that an error finds its field."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    ConfirmObject,
    ConversationFilter,
    ConversationSelectElement,
    DatePickerElement,
    InputBlock,
    InputInteractiveElement,
    NumberInputElement,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    RadioButtonsElement,
    StaticMultiSelectElement,
    StaticSelectElement,
    TimePickerElement,
    UserMultiSelectElement,
    UserSelectElement,
)
from slack_sdk.models.views import View

from handlers.blocks.text import clipped, shortened
from models.domain.metric import OutOf100

Choice = tuple[str, str]
"""Value and label."""


def modal(
    title: str,
    blocks: Sequence[Block | dict[str, Any]],
    *,
    callback_id: str,
    submit: str | None = None,
    close: str = "Cancel",
    metadata: str = "",
) -> dict[str, Any]:
    """A modal as `views.open` takes it."""
    view = View(
        type="modal",
        title=PlainTextObject(text=shortened(title, 24)),
        submit=PlainTextObject(text=submit) if submit else None,
        close=PlainTextObject(text=close),
        callback_id=callback_id,
        private_metadata=metadata,
        blocks=list(blocks),
    )
    return view.to_dict()


def field(
    name: str,
    label: str,
    element: InputInteractiveElement,
    *,
    hint: str | None = None,
    optional: bool = False,
    dispatch: bool = False,
) -> InputBlock:
    """One input, called `name`."""
    return InputBlock(
        block_id=name,
        label=PlainTextObject(text=shortened(label, 2_000)),
        element=element,
        hint=PlainTextObject(text=shortened(hint, 2_000)) if hint else None,
        optional=optional,
        dispatch_action=dispatch or None,
    )


def text_input(
    *,
    initial: str | None = None,
    placeholder: str | None = None,
    lines: bool = False,
    limit: int = 3_000,
    focus: bool = False,
) -> PlainTextInputElement:
    """A line, or several; Slack takes at most 3,000 characters."""
    return PlainTextInputElement(
        action_id="input",
        initial_value=clipped(initial, limit) if initial else None,
        placeholder=_placeholder(placeholder),
        multiline=lines,
        max_length=limit,
        focus_on_load=focus or None,
    )


def amount_input(
    *, initial: float | None = None, placeholder: str | None = None
) -> PlainTextInputElement:
    """A value of a metric: as text, so that half a point of a share can be said: “0.5%”."""
    said = None if initial is None else _typed(initial)
    return text_input(initial=said, placeholder=placeholder, limit=40)


def number_input(
    *, initial: float | None = None, placeholder: str | None = None
) -> NumberInputElement | PlainTextInputElement:
    """A decimal number; figures only, unless what stands there already has a % sign."""
    if isinstance(initial, OutOf100):
        return amount_input(initial=initial, placeholder=placeholder)
    return NumberInputElement(
        action_id="input",
        is_decimal_allowed=True,
        initial_value=None if initial is None else _typed(initial),
        placeholder=_placeholder(placeholder),
    )


def _typed(value: float) -> str:
    """All its digits, never an exponent: a form that is saved as it was opened changes nothing."""
    plain = f"{Decimal(repr(float(value))):f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return f"{plain}%" if isinstance(value, OutOf100) else plain


def radio(choices: Iterable[Choice], *, initial: str | None = None) -> RadioButtonsElement:
    """One of a few, all in sight."""
    options = _options(choices)
    return RadioButtonsElement(
        action_id="input", options=options, initial_option=_chosen(options, initial)
    )


def select(
    choices: Iterable[Choice],
    *,
    initial: str | None = None,
    placeholder: str | None = None,
    action_id: str = "input",
) -> StaticSelectElement:
    """One of up to a hundred."""
    options = _options(choices)
    return StaticSelectElement(
        action_id=action_id,
        options=options,
        initial_option=_chosen(options, initial),
        placeholder=_placeholder(placeholder),
    )


def multi_select(
    choices: Iterable[Choice], *, initial: Sequence[str] = ()
) -> StaticMultiSelectElement:
    """Several of a few."""
    options = _options(choices)
    return StaticMultiSelectElement(
        action_id="input",
        options=options,
        initial_options=[option for option in options if option.value in initial] or None,
    )


def date_picker(initial: str | None = None) -> DatePickerElement:
    """A day, “YYYY-MM-DD”."""
    return DatePickerElement(action_id="input", initial_date=initial)


def time_picker(initial: str | None) -> TimePickerElement:
    """A time of day, “HH:MM”."""
    return TimePickerElement(action_id="input", initial_time=initial)


def user_select(*, placeholder: str | None = None, initial: str | None = None) -> UserSelectElement:
    """One person."""
    return UserSelectElement(
        action_id="input", placeholder=_placeholder(placeholder), initial_user=initial
    )


def users_select(
    *, placeholder: str | None = None, initial: Sequence[str] = ()
) -> UserMultiSelectElement:
    """Several people."""
    return UserMultiSelectElement(
        action_id="input",
        placeholder=_placeholder(placeholder),
        initial_users=list(initial) or None,
    )


def channel_select(initial: str | None) -> ConversationSelectElement:
    """A channel, public or private."""
    return ConversationSelectElement(
        action_id="input",
        initial_conversation=initial,
        filter=ConversationFilter(include=["public", "private"], exclude_bot_users=True),
    )


def sure_of(question: str, what: str, yes: str) -> ConfirmObject:
    """Asks once more before a button does something that can't be taken back."""
    return ConfirmObject(
        title=PlainTextObject(text=question),
        text=PlainTextObject(text=what),
        confirm=PlainTextObject(text=yes),
        deny=PlainTextObject(text="Cancel"),
    )


def _placeholder(words: str | None) -> PlainTextObject | None:
    return PlainTextObject(text=shortened(words, 150)) if words else None


def _options(choices: Iterable[Choice]) -> list[Option]:
    return [
        Option(value=value, text=PlainTextObject(text=shortened(label, 75) or value, emoji=True))
        for value, label in choices
    ]


def _chosen(options: Sequence[Option], value: str | None) -> Option | None:
    return next((option for option in options if option.value == value), None)
