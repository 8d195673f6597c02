"""A corrected version of minutes that were confirmed before: only what it says otherwise is left to confirm."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from difflib import SequenceMatcher

from domain.ports import UnitOfWork
from handlers.reviewing.review import Choice, DraftCase, DraftDecision, Drafts, Fate, Origin, keyed

ALIKE = 0.6  # of two sentences: the same conclusion, reworded


def correct(fresh: Drafts, before: Drafts, review_id: int, uow: UnitOfWork) -> Drafts:
    """The review of a corrected version, against the confirmed one."""
    known = [draft for draft in before.cases if draft.origin is not Origin.VANISHED]
    pairs = _pairs(fresh.cases, known)
    ids = _case_ids(before, uow)
    cases = [_against(draft, pairs.get(draft.key), ids) for draft in fresh.cases]
    kept = {draft.key for draft in pairs.values()}
    vanished = [_vanished(draft, ids) for draft in known if draft.key not in kept and _can_vanish(draft)]
    return replace(
        fresh,
        scheme=before.scheme,
        cases=keyed([*cases, *vanished]),
        decisions=_decisions(fresh, before),
        corrects=review_id,
    )


def _pairs(fresh: Iterable[DraftCase], known: list[DraftCase]) -> dict[int, DraftCase]:
    """Which draft of the version before each one is: same sentence first, then the most alike."""
    left, pairs, rest = list(known), {}, []
    for draft in fresh:
        same = next((one for one in left if one.sentence == draft.sentence and one.origin == draft.origin), None)
        if same is None:
            rest.append(draft)
        else:
            pairs[draft.key] = same
            left.remove(same)
    for draft in rest:
        score, best = max(((_likeness(draft, one), one) for one in left), key=lambda pair: pair[0], default=(0.0, None))
        if best is not None and score >= ALIKE:
            pairs[draft.key] = best
            left.remove(best)
    return pairs


def _likeness(one: DraftCase, other: DraftCase) -> float:
    return SequenceMatcher(None, one.sentence, other.sentence, autojunk=False).ratio()


def _against(draft: DraftCase, before: DraftCase | None, ids: dict[str, int]) -> DraftCase:
    if before is None:
        return draft
    known = replace(draft, number=before.number, case_id=ids.get(before.number))
    if before.fate is Fate.DROPPED:
        return replace(known, fate=Fate.DROPPED)
    if draft.read == before.read or before.read is None or before.fate is Fate.MERGED:
        return replace(known, opened=True)
    return replace(known, origin=Origin.CHANGED, before=before.read)


def _can_vanish(draft: DraftCase) -> bool:
    return draft.opened and draft.origin is not Origin.CARRIED and draft.fate is Fate.OPEN


def _vanished(draft: DraftCase, ids: dict[str, int]) -> DraftCase:
    return replace(draft, origin=Origin.VANISHED, opened=False, case_id=ids.get(draft.number), doubts=())


def _case_ids(before: Drafts, uow: UnitOfWork) -> dict[str, int]:
    series = uow.series.by_name(before.series)
    numbers = [draft.number for draft in before.cases]
    found = uow.cases.by_numbers([series.id], numbers, limit=len(numbers)) if series and numbers else ()
    return {case.number: case.id for case in found}


def _decisions(fresh: Drafts, before: Drafts) -> tuple[DraftDecision, ...]:
    """What was applied counts as applied; what was applied and is not said any more may be taken back."""
    known = {_key(one): one for one in before.decisions}
    same = [_as_before(one, known.get(_key(one))) for one in fresh.decisions]
    said = {_key(one) for one in same}
    gone = [
        replace(one, choice=Choice.AUTO, applied=False, dropped=True, doubts=())
        for key, one in known.items()
        if key not in said and one.applied and not one.dropped
    ]
    return tuple(replace(one, key=key) for key, one in enumerate([*same, *gone], 1))


def _as_before(decision: DraftDecision, before: DraftDecision | None) -> DraftDecision:
    """What is said again: applied as before, unless an earlier correction took it back."""
    if before is None or (before.dropped and before.applied):
        return decision
    if before.dropped:
        return replace(decision, applied=True)
    return replace(decision, applied=before.applied, choice=before.choice)


def _key(decision: DraftDecision) -> tuple[str, str | None, str]:
    return decision.number, decision.unit, decision.verdict.value
