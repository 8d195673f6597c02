"""Reviews: drafts on their way to cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from domain.errors import StaleVersion
from domain.ports import NewReview, Review, ReviewState
from storage.repository import Repository
from storage.tables import reviews
from storage.types import Instant

ADD = sa.insert(reviews).returning(reviews.c.id)
BY_ID = sa.select(reviews).where(reviews.c.id == bindparam("review_id"))
OPEN_OF = (
    sa.select(reviews)
    .where(reviews.c.owner == bindparam("of_owner"), reviews.c.state == bindparam("in_state"))
    .order_by(reviews.c.touched_at.desc(), reviews.c.id.desc())
)
CONFIRMED = (
    sa.select(reviews)
    .where(reviews.c.state == sa.literal_column("'confirmed'"), reviews.c.series == bindparam("of_series"))
    .order_by(reviews.c.touched_at.desc(), reviews.c.id.desc())
)
SAVE = (
    sa.update(reviews)
    .where(reviews.c.id == bindparam("review_id"), reviews.c.version == bindparam("read_version"))
    .values(
        state=bindparam("new_state"),
        data=bindparam("new_data"),
        digest=bindparam("new_digest"),
        touched_at=bindparam("touched", type_=Instant),
        version=reviews.c.version + 1,
    )
)


class Reviews(Repository):
    """`domain.ports.ReviewRepository`."""

    def add(self, new: NewReview, at: datetime) -> Review:
        review_id = self._value(
            ADD,
            owner=new.owner,
            series=new.series,
            ordinal=new.ordinal,
            held_on=new.held_on,
            meeting=f"{new.kind}:{new.ordinal or ''}@{new.held_on or ''}",
            digest=new.digest,
            state=new.state,
            data=new.data,
            touched_at=at,
            version=1,
        )
        return self.get(review_id)

    def get(self, review_id: int) -> Review:
        row = self._row(BY_ID, review_id=review_id)
        if row is None:
            raise LookupError(review_id)
        return _review(row)

    def open_of(self, owner: str, state: ReviewState = ReviewState.OPEN) -> Sequence[Review]:
        return [_review(row) for row in self._rows(OPEN_OF, of_owner=owner, in_state=state)]

    def save(self, review: Review, at: datetime) -> Review:
        saved = self._count(
            SAVE,
            review_id=review.id,
            read_version=review.version,
            new_state=review.state,
            new_data=review.data,
            new_digest=review.digest,
            touched=at,
        )
        if not saved:
            raise StaleVersion(kind="review", id=review.id)
        return replace(review, version=review.version + 1)

    def confirmed(self, series: str, ordinal: int | None, kind: str = "minutes") -> Sequence[Review]:
        same = CONFIRMED.where(reviews.c.ordinal.is_(None) if ordinal is None else reviews.c.ordinal == ordinal)
        found = [_review(row) for row in self._rows(same, of_series=series)]
        return [review for review in found if review.kind == kind]


def _review(row: sa.Row[Any]) -> Review:
    return Review(
        id=row.id,
        owner=row.owner,
        series=row.series,
        ordinal=row.ordinal,
        held_on=row.held_on,
        digest=row.digest,
        data=row.data,
        state=ReviewState(row.state),
        kind=row.meeting.partition(":")[0],
        version=row.version,
    )
