"""Random valid trees pass, and no JSON at all makes the checks fail instead of answering."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.playground.checks import check_message, check_view
from bot.playground.checks.limits import BLOCKS, ELEMENTS
from tests.playground.checks.samples import Json, fewer, modal, problem


def words(limit: int) -> st.SearchStrategy[str]:
    """Text that fits: at most two UTF-16 code units a character, or the limit in ASCII."""
    return st.text(min_size=1, max_size=min(limit // 2, 20)) | st.just("x" * limit)


def plain(limit: int) -> st.SearchStrategy[Json]:
    return st.fixed_dictionaries(
        {"type": st.just("plain_text"), "text": words(limit)}, optional={"emoji": st.booleans()}
    )


def texts(limit: int) -> st.SearchStrategy[Json]:
    return plain(limit) | st.fixed_dictionaries(
        {"type": st.just("mrkdwn"), "text": words(limit)}, optional={"verbatim": st.booleans()}
    )


def of(kind: str, optional: dict[str, Any] | None = None, **fields: Any) -> st.SearchStrategy[Json]:
    return st.fixed_dictionaries({"type": st.just(kind), **fields}, optional=optional or {})


CONFIRM = st.fixed_dictionaries(
    {"title": plain(100), "text": plain(300), "confirm": plain(30), "deny": plain(30)},
    optional={"style": st.sampled_from(["primary", "danger"])},
)
OPTION = st.fixed_dictionaries(
    {"text": plain(75), "value": words(75)}, optional={"description": plain(75)}
)
ELEMENT = st.one_of(
    of(
        "button",
        {"value": words(2000), "url": words(3000), "confirm": CONFIRM},
        text=plain(75),
    ),
    of("static_select", {"placeholder": plain(150)}, options=st.lists(OPTION, min_size=1)),
    of("overflow", options=st.lists(OPTION, min_size=1, max_size=5)),
    of("checkboxes", {"confirm": CONFIRM}, options=st.lists(OPTION, min_size=1, max_size=10)),
    of("datepicker", {"initial_date": st.dates().map(str)}),
    of("timepicker", {"initial_time": st.times().map("{:%H:%M}".format)}),
)
MOMENT = of("datetimepicker", {"initial_date_time": st.integers(10**9, 10**10 - 1)})
STYLE = st.fixed_dictionaries({}, optional={"bold": st.booleans(), "code": st.booleans()})
LEAF = st.one_of(
    of("text", {"style": STYLE}, text=words(500)),
    of("link", {"text": words(500)}, url=words(3000)),
    of("user", user_id=st.just("U1")),
    of("emoji", {"skin_tone": st.integers(1, 6)}, name=st.just("wave")),
)
SECTION = of("rich_text_section", elements=st.lists(LEAF, max_size=5))
PART = st.one_of(
    SECTION,
    of("rich_text_quote", elements=st.lists(LEAF, max_size=5)),
    of(
        "rich_text_list",
        {"indent": st.integers(0, 8)},
        style=st.sampled_from(["bullet", "ordered"]),
        elements=st.lists(SECTION, min_size=1, max_size=5),
    ),
)
ANY_BLOCK = st.one_of(
    of("divider"),
    of("header", {"level": st.integers(1, 4)}, text=plain(150)),
    of("section", {"accessory": ELEMENT, "expand": st.booleans()}, text=texts(3000)),
    of("section", fields=st.lists(texts(2000), min_size=1, max_size=10)),
    of("context", elements=st.lists(texts(3000), min_size=1, max_size=10)),
    of("actions", elements=st.lists(ELEMENT | MOMENT, min_size=1, max_size=25)),
    of("rich_text", elements=st.lists(PART, min_size=1, max_size=5)),
    of("image", {"title": plain(2000)}, image_url=words(3000), alt_text=words(2000)),
    of("input", {"hint": plain(2000)}, label=plain(2000), element=of("plain_text_input")),
)


@given(st.lists(ANY_BLOCK, max_size=50))
def test_a_random_valid_message_passes(blocks: list[Json]) -> None:
    numbered = [{**block, "block_id": f"b{n}"} for n, block in enumerate(blocks)]
    assert check_message({"text": "x", "blocks": numbered}) == []


@given(st.lists(ANY_BLOCK, min_size=1, max_size=10))
def test_a_random_valid_modal_passes(blocks: list[Json]) -> None:
    assert check_view(modal(*blocks)) == []


@given(ANY_BLOCK, st.integers(51, 60))
def test_one_problem_is_one_line(block: Json, count: int) -> None:
    assert check_message({"blocks": [block] * count}) == [problem(fewer(50), "/blocks")]


KINDS = [*BLOCKS, *ELEMENTS, "pie", "line", "modal", "home"]
NAMES = [
    "type", "text", "fields", "elements", "element", "accessory", "options", "option_groups",
    "initial_option", "initial_options", "rows", "column_settings", "chart", "segments", "series",
    "axis_config", "categories", "data", "label", "value", "name", "title", "blocks",
    "child_blocks", "metadata", "event_payload", "event_type", "attachments", "block_id",
    "action_id", "focus_on_load", "min_value", "max_value", "timezone", "initial_date", "submit",
    "is_decimal_allowed", "row_header_column_index", "response_url_enabled",
]  # fmt: skip
SCALAR = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3)
ANYTHING = st.recursive(
    SCALAR | st.sampled_from(KINDS),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.fixed_dictionaries(
            {"type": st.sampled_from(KINDS)},
            optional={name: inner for name in NAMES if name != "type"},
        )
        | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4)
    ),
    max_leaves=30,
)


@given(st.dictionaries(st.sampled_from(NAMES), ANYTHING, max_size=4))
def test_any_json_gets_an_answer(anything: Json) -> None:
    assert isinstance(check_message(anything), list)
    assert check_view({"type": "modal", **anything}) != []
