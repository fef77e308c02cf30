"""Follow-ups of an imported log: which experiment each of the new ones follows."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import case, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.errors import LogRefused
from models.domain.log_problems import leads_nowhere
from models.domain.logbook import Entry
from models.tables import Experiment, Project

CHUNK = 500


async def followed(
    session: AsyncSession, project: Project, log: Sequence[Entry]
) -> Mapping[str, int]:
    """The project's experiments that the log's follow, by key; those that the log brings are left out.

    Raises:
        LogRefused: one follows what is nowhere, or itself.
    """
    wanted = {entry.says.follows for entry in log} - {None}
    if not wanted:
        return {}
    found = await known(session, project, [key for key in wanted if key is not None])
    if problems := leads_nowhere(log, found):
        raise LogRefused(problems)
    return {key: one.id for key, one in found.items()}


async def known(
    session: AsyncSession, project: Project, keys: Iterable[str]
) -> dict[str, Experiment]:
    """Those of the experiments that the project has, by key: the log's own, or the project's (NANO-12)."""
    keys = set(keys)
    begins = f"{project.key}-"
    own = {int(end) for key in keys if (end := key.removeprefix(begins)) != key and _small(end)}
    found = await session.scalars(
        select(Experiment).where(
            Experiment.project_id == project.id,
            or_(
                Experiment.source_key.in_(keys),
                Experiment.source_key.is_(None) & Experiment.number.in_(own),
            ),
        )
    )
    return {one.source_key or f"{begins}{one.number}": one for one in found}


def _small(digits: str) -> bool:
    return digits.isdecimal() and digits.isascii() and len(digits) < 9


async def link(
    session: AsyncSession, log: Sequence[Entry], added: Mapping[str, int], there: Mapping[str, int]
) -> None:
    """Say of each added experiment which one it follows; one statement for hundreds of them."""
    ids = {**there, **added}
    pairs = [
        (added[entry.key], ids[entry.says.follows])
        for entry in log
        if entry.key in added and entry.says.follows is not None
    ]
    for start in range(0, len(pairs), CHUNK):
        some = dict(pairs[start : start + CHUNK])
        await session.execute(
            update(Experiment)
            .where(Experiment.id.in_(some))
            .values(follows_id=case(some, value=Experiment.id))
            .execution_options(synchronize_session=False)
        )
