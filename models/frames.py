"""Frames and charts, from the other side: a child process draws and computes, so that this one stays quick.

pandas and the plotting library take seconds to import; the process that answers Slack imports neither.
"""

import asyncio
import base64
import sys
from collections.abc import Sequence

import structlog
from pydantic import ValidationError

from models.domain.charts import Chart
from models.domain.orders import Charts, Given, Order, Windows
from models.domain.velocity import Velocity, velocity

log = structlog.get_logger(__name__)

PYTHON = sys.executable
PATIENCE = 60.0
"""Seconds for one order. A busy machine takes several to start the child."""


class NotDrawn(Exception):
    """The child process could not do it: the message is for the log, people get text."""


async def drawn(charts: Sequence[Chart]) -> list[bytes]:
    """The charts as PNG images, in their order.

    Raises:
        NotDrawn: one could not be drawn; whoever asks goes on with words.
    """
    if not charts:
        return []
    given = await worked_out(Charts(charts=list(charts)))
    return [base64.b64decode(image) for image in given.images]


async def over_windows(order: Windows) -> dict[str, list[Velocity]]:
    """Velocity by group, one for each window.

    Where the child can't, the rules themselves count: a digest never waits for a library.
    """
    try:
        return (await worked_out(order)).velocity
    except NotDrawn as error:
        log.warning("velocity was counted without pandas", error=str(error))
        return by_the_rules(order)


def by_the_rules(order: Windows) -> dict[str, list[Velocity]]:
    """The same, experiment by experiment."""
    return {
        group: [
            velocity(tried, window, waits=order.waited.get(group, ()), holidays=order.holidays)
            for window in order.windows
        ]
        for group, tried in order.tried.items()
    }


async def worked_out(order: Order) -> Given:
    """What the child process makes of an order.

    Raises:
        NotDrawn: it could not do it, or not in time.
    """
    program = (PYTHON, "-m", "models.analytics")
    pipe = asyncio.subprocess.PIPE
    child = await asyncio.create_subprocess_exec(*program, stdin=pipe, stdout=pipe, stderr=pipe)
    try:
        async with asyncio.timeout(PATIENCE):
            out, err = await child.communicate(order.model_dump_json().encode())
    except TimeoutError as late:
        raise NotDrawn(f"no answer in {PATIENCE:.0f} s") from late
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode:
        raise NotDrawn(err.decode(errors="replace").strip().rpartition("\n")[2])
    try:
        return Given.model_validate_json(out)
    except ValidationError as error:
        raise NotDrawn("what came back can't be read") from error
