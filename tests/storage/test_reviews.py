"""Reviews in the database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.errors import StaleVersion
from domain.ports import NewReview, Review, ReviewState, Store

NOW = datetime(2021, 9, 24, 1, 0, tzinfo=UTC)
NEW = NewReview(
    owner="member:1", series="主任秘書會報", ordinal=212, held_on=date(2021, 9, 23), digest="d", data='{"字":"𠮷"}'
)


def added(store: Store, new: NewReview = NEW, at: datetime = NOW) -> Review:
    return store.write(lambda uow: uow.reviews.add(new, at))


def test_review_comes_back_as_it_was_written(store: Store) -> None:
    review = added(store)

    found = store.read(lambda uow: uow.reviews.get(review.id))

    assert found == review
    assert (found.data, found.ordinal, found.held_on, found.state, found.version) == (
        NEW.data,
        212,
        date(2021, 9, 23),
        ReviewState.OPEN,
        1,
    )


def test_open_reviews_come_latest_touched_first(store: Store) -> None:
    first = added(store)
    second = added(store, replace(NEW, ordinal=213), NOW + timedelta(minutes=1))
    store.write(lambda uow: uow.reviews.save(first, NOW + timedelta(minutes=2)))

    found = store.read(lambda uow: uow.reviews.open_of("member:1"))

    assert [review.id for review in found] == [first.id, second.id]
    assert store.read(lambda uow: uow.reviews.open_of("member:2")) == []


def test_second_writer_of_a_review_is_refused(store: Store) -> None:
    review = added(store)
    store.write(lambda uow: uow.reviews.save(replace(review, data="{}"), NOW))

    with pytest.raises(StaleVersion):
        store.write(lambda uow: uow.reviews.save(replace(review, data="[]"), NOW))

    assert store.read(lambda uow: uow.reviews.get(review.id).data) == "{}"


@pytest.mark.parametrize("other", [replace(NEW, owner="cli"), replace(NEW, ordinal=213), replace(NEW, held_on=None)])
def test_reviews_of_others_and_of_other_meetings_stand_beside(store: Store, other: NewReview) -> None:
    added(store)

    assert added(store, other).id > 0


def test_confirmed_reviews_are_found_by_series_and_ordinal(store: Store) -> None:
    review = added(store)
    store.write(lambda uow: uow.reviews.save(replace(review, state=ReviewState.CONFIRMED), NOW))

    found = store.read(lambda uow: [uow.reviews.confirmed("主任秘書會報", ordinal) for ordinal in (212, 213, None)])

    assert [[one.id for one in each] for each in found] == [[review.id], [], []]
