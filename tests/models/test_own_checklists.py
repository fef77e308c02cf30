"""A workspace's own checklists, on both databases: versions, who changed what, what a review keeps."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from models import own_checklists, reviews
from models.checklists import packaged
from models.domain.checklist import Checklist, Gate, Item, ItemKind
from models.domain.checklist_edit import Wording, added, changed, restored, retired
from models.domain.facts_checklists import ChecklistPage
from models.domain.permissions import NotAllowed
from models.domain.project import Role
from models.domain.review import ReviewKind
from models.own_checklists import MinimumCheck
from models.tables import Checklist as OwnChecklist
from models.tables import Event, Member
from tests.models.conftest import NOW, Team
from tests.models.reviewed import BERLIN, opened, planned, shown

KIND = ReviewKind.DEPLOYMENT
NIGHTS = Wording("Nights", "Who is called?", Gate.SHOULD, Role.DEVOPS, ItemKind.CONFIRM)
Edit = Callable[[Checklist], Checklist]


@pytest.fixture
async def own(led: Team) -> Team:
    """Ana is an admin as well."""
    async with led.writing() as session:
        (await session.get_one(Member, led.ana.id)).admin = True
    return led


async def change(team: Team, edit: Edit, who: str = "UANA") -> Checklist:
    """Somebody changes the launch check's list."""
    async with team.writing() as session:
        return await own_checklists.change(session, who, KIND, edit, NOW.now)


async def page(team: Team) -> ChecklistPage:
    """As its page reads."""
    async with team.writing() as session:
        return await own_checklists.page(session, KIND, may_change=True)


def as_it_is(key: str) -> Item:
    """One of the package's items."""
    item = packaged(KIND).item(key)
    assert item is not None
    return item


async def test_who_changed_what_is_kept_and_a_review_keeps_its_version(own: Team) -> None:
    assert ((await page(own)).is_own, (await page(own)).changes) == (False, ())
    review_id = await opened(own, KIND)
    await change(own, lambda asked: added(asked, NIGHTS))
    await change(own, lambda asked: retired(asked, "model_card"))
    found = await page(own)
    assert (found.is_own, found.checklist.version) == (True, 3)
    assert [(one.version, one.by.name, one.on, one.what) for one in found.changes] == [
        (3, "Ana", NOW.today, ("“One-page description” is asked no more",)),
        (2, "Ana", NOW.today, ("“Nights” is asked as well",)),
    ]
    keys = {line.item.key for line in (await shown(own, review_id)).lines}
    assert "model_card" in keys
    assert "own_2" not in keys
    async with own.writing() as session:
        events = (
            await session.scalars(select(Event.data).where(Event.kind == "checklist_changed"))
        ).all()
    assert [one["changes"] for one in events] == [list(one.what) for one in found.changes[::-1]]


async def test_the_next_review_asks_what_was_changed(own: Team) -> None:
    review_id = await planned(own, KIND)
    await change(own, lambda asked: added(asked, NIGHTS))
    assert (await shown(own, review_id)).lines[-1].item.label == "Nights", "before it opens, too"
    async with own.writing() as session:
        hand = await reviews.take(session, review_id, "UANA")
        await reviews.open_now(session, hand, zone=BERLIN, at=NOW)
    assert (await shown(own, review_id)).lines[-1].item.label == "Nights"


async def test_what_changes_nothing_makes_no_version(own: Team) -> None:
    await change(own, lambda asked: asked)
    async with own.writing() as session:
        assert await session.scalar(select(func.count(OwnChecklist.id))) == 0


async def test_back_to_the_package_s_own_is_a_version_too(own: Team) -> None:
    await change(own, lambda asked: added(asked, NIGHTS))
    await change(own, lambda asked: restored(asked, packaged(KIND)))
    found = await page(own)
    assert (found.checklist.items, found.checklist.version) == (packaged(KIND).items, 3)


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (lambda asked: retired(asked, "privacy_review"), "can't be taken out"),
        (
            lambda asked: changed(
                asked,
                "data_automated",
                NIGHTS,
            ),
            "stays a must-have",
        ),
        (
            lambda asked: changed(
                asked,
                "privacy_review",
                replace(Wording.of(as_it_is("privacy_review")), asked_of=Role.PM),
            ),
            "is asked of whom it is asked now",
        ),
    ],
)
async def test_the_minimum_checks_stay(own: Team, edit: Edit, sentence: str) -> None:
    with pytest.raises(MinimumCheck) as refused:
        await change(own, edit)
    assert sentence in refused.value.sentence


async def test_only_an_admin_changes_them(own: Team) -> None:
    with pytest.raises(NotAllowed):
        await change(own, lambda asked: added(asked, NIGHTS), "UBEN")


async def test_a_page_shows_the_last_changes(own: Team) -> None:
    for _ in range(own_checklists.LAST + 2):
        await change(own, lambda asked: added(asked, NIGHTS))
    found = await page(own)
    assert [one.version for one in found.changes] == [8, 7, 6, 5, 4]
    assert {one.what for one in found.changes} == {("“Nights” is asked as well",)}
    assert as_it_is("sla") in found.checklist.items


async def test_what_was_moved_while_that_was_open_stays_and_the_rest_can_be_changed(
    own: Team,
) -> None:
    """A list of an earlier version asks the PM about privacy; only what is new is refused."""
    privacy = replace(Wording.of(as_it_is("privacy_review")), asked_of=Role.PM)
    moved = changed(packaged(KIND), "privacy_review", privacy).model_copy(update={"version": 2})
    async with own.writing() as session:
        content = moved.model_dump(mode="json")
        session.add(
            OwnChecklist(
                kind=KIND, version=2, content=content, by_id=own.ana.id, created_at=NOW.now
            )
        )
    found = await change(own, lambda asked: added(asked, NIGHTS))
    kept = found.item("privacy_review")
    assert kept is not None
    assert (found.version, kept.asked_of) == (3, Role.PM)
    with pytest.raises(MinimumCheck):
        await change(own, lambda asked: retired(asked, "privacy_review"))
    back = await change(own, lambda asked: restored(asked, packaged(KIND)))
    assert back.items == packaged(KIND).items
