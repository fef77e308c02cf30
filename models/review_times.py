"""When a review does something by itself, on the workspace's wall."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from models.domain.cadence import local_date, local_moment
from models.domain.review import ReviewState
from models.domain.review_dates import half_time, opens_on
from models.tables import Review

MORNING = time(9)


def wakes_at(review: Review, zone: ZoneInfo) -> datetime | None:
    """When something is to be done about it by itself, on the workspace's wall; None when nothing is.

    It is announced at once; it opens, chases what is owed at half-time, and tells its chair on its last
    day, each at nine.
    """
    coming = review.state in (ReviewState.SCHEDULED, ReviewState.OPEN)
    if review.announced_at is None and coming:
        return review.created_at
    if review.state is ReviewState.SCHEDULED:
        return local_moment(opens_on(review.due), MORNING, zone)
    if review.state is not ReviewState.OPEN or review.opened_at is None:
        return None
    if review.chased_at is None:
        day = half_time(local_date(review.opened_at, zone), review.due)
        return local_moment(day, MORNING, zone)
    return max(local_moment(review.due, MORNING, zone), review.chased_at)
