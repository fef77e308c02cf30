"""How a new revision is written down: short types, and keys beside the columns of a new table.

The constraints of keys get their names from the naming convention of `Base`.
"""

from typing import Any, Literal

from alembic.autogenerate.api import AutogenContext
from sqlalchemy import JSON, BigInteger, Column, ForeignKeyConstraint
from sqlalchemy.types import TypeEngine

from models.db import Str, UtcDateTime


def render(kind: str, thing: Any, context: AutogenContext) -> str | Literal[False] | None:
    """Alembic's `render_item`: Python for the thing, None to leave it out, False for Alembic's own way."""
    match kind, thing:
        case "type", TypeEngine():
            return _type(thing, context)
        case "column", Column() if thing.table.metadata is not context.metadata:  # of a new table
            return _column(thing, context)
        case "primary_key", _:
            return None
        case "foreign_key", ForeignKeyConstraint() if len(thing.columns) == 1:
            return None
        case _:
            return False


def is_ours(name: str | None, _kind: str, _parents: object) -> bool:
    """Alembic's `include_name`: the search isn't a table of the code's (revision 0004)."""
    return not (name or "").removeprefix("ix_").startswith("experiment_search")


def _column(column: Column[Any], context: AutogenContext) -> str:
    kind = _type(column.type, context) or f"sa.{column.type!r}"
    parts = [repr(str(column.name)), kind]
    for key in column.foreign_keys:
        action = f", ondelete={key.ondelete!r}" if key.ondelete else ""
        parts.append(f"sa.ForeignKey({key.target_fullname!r}{action})")
    if column.primary_key:
        parts.append("primary_key=True")
    elif not column.nullable:
        parts.append("nullable=False")
    return f"sa.Column({', '.join(parts)})"


def _type(kind: TypeEngine[Any], context: AutogenContext) -> str | Literal[False]:
    match kind:
        case UtcDateTime():
            name = "Moment"
        case BigInteger():
            name = "Id"
        case JSON():
            name = "Json"
        case Str():
            return f"sa.{kind.impl_instance!r}"
        case _:
            return False
    context.imports.add(f"from models.migrations.columns import {name}")
    return name
