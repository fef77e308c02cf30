"""What a draft's buttons carry: the project, the digest, and the day that it is read on."""

from datetime import date, timedelta

from handlers.forms_leadership import DraftRef

DAY = date(2026, 11, 16)


def test_the_form_counts_to_the_day_of_the_draft_that_it_comes_from() -> None:
    ref = DraftRef.of(f"1|2|{DAY.toordinal()}")
    assert DraftRef.of(ref.value) == ref
    assert ref.on(DAY - timedelta(days=3)) == DAY
    assert ref.on(DAY + timedelta(days=1)) == DAY + timedelta(days=1), "it was posted"
    assert DraftRef.of("1|2|99999999999").on(DAY) == DAY
    assert DraftRef.of("1|2").on(DAY) == DAY
