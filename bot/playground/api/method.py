"""What a Web API method is: its arguments, its scopes, its tier, and the function that does it."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import PydanticCustomError

from bot.playground.errors import SlackError
from bot.playground.playground import Playground

JSON = dict[str, Any]


class Args(BaseModel):
    """A method's arguments; Slack ignores those that it doesn't know."""

    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)


A = TypeVar("A", bound=Args)


def decoder(error: str, shape: type) -> Callable[[Any], Any]:
    """JSON in a form field, or the value itself in a JSON body; `error` for another shape."""

    def decode(value: Any) -> Any:
        if isinstance(value, str):
            try:
                value = json.loads(value) if value else None
            except json.JSONDecodeError as wrong:
                raise PydanticCustomError(_code(error), "not JSON") from wrong
        if value is not None and not isinstance(value, shape):
            raise PydanticCustomError(_code(error), "of the wrong shape")
        if isinstance(value, list) and not all(isinstance(item, dict) for item in value):
            raise PydanticCustomError(_code(error), "of the wrong shape")
        return value

    return decode


def _code(error: str) -> Any:
    # Pydantic wants a literal for its type checkers; it takes any string.
    return error


def _split(value: Any) -> Any:
    return [part for part in value.split(",") if part] if isinstance(value, str) else value


Blocks = Annotated[list[JSON] | None, BeforeValidator(decoder("invalid_blocks_format", list))]
Attachments = Annotated[list[JSON] | None, BeforeValidator(decoder("invalid_attachments", list))]
Metadata = Annotated[JSON | None, BeforeValidator(decoder("invalid_metadata_format", dict))]
View = Annotated[JSON, BeforeValidator(decoder("invalid_arguments", dict))]
Listed = Annotated[list[str], BeforeValidator(_split)]


def parsed(args: type[A], given: JSON) -> A:
    """The arguments of a call.

    Raises:
        SlackError: invalid_arguments with the reasons, or the error that a field has of its own.
    """
    try:
        return args.model_validate(given)
    except ValidationError as wrong:
        problems = []
        for problem in wrong.errors():
            name = str(problem["loc"][0])
            if problem["type"].startswith("invalid_") and problem["type"] != "invalid_arguments":
                raise SlackError(problem["type"]) from wrong
            if problem["type"] == "missing":
                problems.append(f"[ERROR] missing required field: {name}")
            else:
                problems.append(f"[ERROR] {problem['msg']} [json-pointer:/{name}]")
        raise SlackError.listing("invalid_arguments", problems) from wrong


@dataclass(frozen=True)
class Method:
    """One method; one of `scopes` is needed, `tier` None is Slack's “special”."""

    args: type[Args]
    do: Callable[[Playground, Any], Awaitable[JSON]]
    scopes: tuple[str, ...] = ()
    tier: Literal[1, 2, 3, 4] | None = None
    caller: Literal["bot", "app", "anyone"] = "bot"


def need_scope(pg: Playground, *scopes: str) -> None:
    """Refuse unless one of these scopes is granted.

    Raises:
        SlackError: missing_scope, with what is needed and what is there.
    """
    if not pg.manifest.scopes.intersection(scopes):
        raise SlackError(
            "missing_scope", needed=",".join(scopes), provided=",".join(sorted(pg.manifest.scopes))
        )
