"""Tell whether a further mark goes on with the order before it: its helper, its next step, the same said again."""

from __future__ import annotations

import re
from dataclasses import replace

from minutes.marks import LIMITED, Order
from minutes.words import any_of, text, words

_HELP_ALONE = re.compile(r"(?:全力|一併|共同|負責)?(?:協助|配合|協辦|支援|會辦)(?:辦理|處理|執行)?(?=[,;。]|$)")
JOINT = re.compile(r"(?:並|另|且|及|再|後|同時|亦)$")
_JOINED_HELP = re.compile(r",(?:[並亦也]|[^,。;另時]{2})?$")  # 並請…協助, 講師請…協助
_COST_OF_IT = re.compile(r",(?:所需|其)[^,。;]{1,6}$")  # 所需費用請總務處洽…
_COMMISSION = re.compile("委請|委託|函請|轉請|移請|敦請|洽請|商請")  # what the addressee before does himself
_ASSIGNED = re.compile(r"(?:主辦|主政|主責|統籌|負責|承辦|辦理)(?:辦理|規劃|執行|統籌)?,(?:並|另)?")
HELPING = (
    r"(?:[於在][^,。;]{2,12}?)?"
    r"(?:各?(?:推|指)?派[一二兩三四五\d]{1,2}[人名位])?"
    rf"(?:全力|共同|一起|一併|同步|予以|須|應|要|負責)?{text('orders', 'helping')}"
)
COLLECTING = rf"(?:[於在]?[^,。;]{{2,12}}前)?(?:統一|負責|據以)?(?:{text('orders', 'collecting')})"
_HELPING = re.compile(HELPING)
_COLLECTING = re.compile(COLLECTING)
_OWN_DAY = re.compile(
    r"[^,;。後]{0,16}?(?:每[日週月季年]|(?:\d|[一二三四五六七八九十]{1,3}[月日週個天]|[本下這][週月]|年底|月底)[^,;。]{0,12}?[前內底])"
)
_MAIN = re.compile("主[辦政責導]|規劃|負責|統籌")
_SANCTION = re.compile("(?:逾期|屆期|未依限)[^。;]*$")  # 逾期由系辦清理: what happens otherwise
_TRACKS = re.compile(rf"(?:負責|予以|進行)?{any_of(words('units', 'tracking'))}(?:[,;。]|$)")


def belongs(before: Order, mark: Order, sentence: str) -> bool:
    """Tell whether a further mark only goes on with the order before it."""
    between = sentence[before.body : mark.mark]
    if not mark.units:
        return True
    if not before.units and before.rule == "please" and mark.rule in ("charge", "modal") and not _helps(sentence, mark):
        return len(between) <= 16 and not re.search(r"[;。]", between)
    if _only_helps(sentence, mark):
        return True
    if _same_units(before, mark) and (_restates(before, mark, sentence) or _ASSIGNED.fullmatch(between)):
        return True
    if mark.rule == "please" and _JOINED_HELP.search(sentence, before.body, mark.mark) and _helps(sentence, mark):
        return True
    if before.rule == "please" and _COMMISSION.match(sentence, mark.mark):
        return True
    if _MAIN.match(sentence, before.body) and _helps(sentence, mark):
        return True
    if mark.rule == "charge":
        if _SANCTION.search(sentence, before.body, mark.mark) or _TRACKS.match(sentence, mark.body):
            return True
        joined = not re.search(r"[,;]\s*(?:並|另|且|再|後續|同時)?$", between)
        return joined or _helps(sentence, mark) or bool(_COLLECTING.match(sentence, mark.body))
    collects = _COLLECTING.match(sentence, mark.body) and not _OWN_DAY.match(sentence, mark.body)
    return mark.rule == "modal" and (_helps(sentence, mark) or bool(collects))


def is_next_step(before: Order, mark: Order, sentence: str) -> bool:
    """`由閱覽組公告, 行政組製作提示牌`: what others do for the same work, in the same breath and without a day."""
    between = sentence[before.body : mark.mark]
    apart = re.search(r"[;。]|另$", between) or (mark.rule == "please" and not _COST_OF_IT.search(between))
    if apart or not (before.units and mark.units):
        return False
    return not _OWN_DAY.match(sentence, mark.body)


def _same_units(before: Order, mark: Order) -> bool:
    return {unit.name for unit in before.units} == {unit.name for unit in mark.units}


def _restates(before: Order, mark: Order, sentence: str) -> bool:
    """`各局處應妥為處理, 請各局處務必落實`: the same again, unless 另, 並 or a day of its own makes it another."""
    another = JOINT.search(sentence, before.body, mark.mark) or LIMITED.match(sentence, mark.body + 1)
    return before.rule == "modal" and not another


def only_helps(sentence: str, order: Order, offset: int) -> bool:
    """Tell an order that names nobody but a helper: 6月15日前做完, 清潔隊要支援. The sentence begins at `offset`."""
    return order.rule == "modal" and bool(_HELPING.match(sentence, order.body - offset))


def _helps(sentence: str, mark: Order) -> bool:
    return bool(_HELPING.match(sentence, mark.body))


def _only_helps(sentence: str, mark: Order) -> bool:
    """`…, 請社區經理協助, …`: a helper of the order before, no order of its own."""
    return mark.rule in ("please", "charge") and bool(_HELP_ALONE.match(sentence, mark.body))


def merged(before: Order, mark: Order, sentence: str) -> Order:
    """`請於月底前由總務處辦理`: the addressee that comes later is the addressee of the whole.

    `由觀光處主辦, 請觀光處…` says first who and then what.
    """
    if _same_units(before, mark) and _ASSIGNED.fullmatch(sentence, before.body, mark.mark):
        return replace(before, body=mark.body, rule=mark.rule)
    if before.units or not mark.units or _helps(sentence, mark):
        return before
    return replace(before, units=mark.units, body=mark.body)
