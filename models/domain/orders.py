"""Orders to the process that draws and computes, and what it gives back, as JSON."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field, TypeAdapter

from models.domain.charts import Chart
from models.domain.velocity import Tried, Velocity, Waited
from models.domain.working_days import Span


class Charts(BaseModel):
    """Pictures to be drawn."""

    what: Literal["charts"] = "charts"
    charts: list[Chart]


class Windows(BaseModel):
    """Velocity over windows, by group: a project's key, say, with its experiments and waits."""

    what: Literal["windows"] = "windows"
    tried: dict[str, list[Tried]]
    waited: dict[str, list[Waited]] = Field(default_factory=dict)
    windows: list[Span]
    holidays: tuple[Span, ...] = ()


class Given(BaseModel):
    """What came of an order: PNG images in base64, or velocity by group, one for each window."""

    images: list[str] = Field(default_factory=list)
    velocity: dict[str, list[Velocity]] = Field(default_factory=dict)


Order = Annotated[Charts | Windows, Field(discriminator="what")]

_ADAPTER: TypeAdapter[Order] = TypeAdapter(Order)


def order_of(line: bytes) -> Order:
    """The order that was written as JSON."""
    return _ADAPTER.validate_json(line)
