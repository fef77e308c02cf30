"""Numbers: where a project's primary metric stands, as of a date."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.facts import Numbers
from models.walking import numbers_of, walked


async def standing(
    session: AsyncSession, project_ids: Iterable[int], today: date
) -> dict[int, Numbers]:
    """Baseline, best so far and acceptance by project id; projects without a primary metric are left out.

    The benchmark is the latest one effective on `today`; only measurements of its version on the
    validation split count, and none that is excluded (domain §2.4-4).
    """
    walks = await walked(session, set(project_ids), today)
    return {project_id: numbers_of(walk) for project_id, walk in walks.items()}
