"""Find the orders in a sentence of a conclusion: who is asked, from where to where, and by which mark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from minutes.units import JOINTLY, Directory, Unit, and_so_on
from minutes.words import any_of, text, words

_NOT_PLEASE = re.compile(text("orders", "not_please"))
_PLEASE_NOT = re.compile(text("orders", "please_not"))
_CHARGE = re.compile(any_of(words("orders", "charge")))
_NOT_CHARGE = re.compile(r"(?:[已係原經自理來緣事]由|[提繳轉移送社外成點遞呈相上國邦]交|不得由)$")
_AWARDED = re.compile(
    "承作|承做|承攬|承包|得標|施作|支應|負擔|支出|自付"
)  # who won the contract or pays, not who is to act
_HELP_ALONE = re.compile(r"(?:全力|一併|共同|負責)?(?:協助|配合|協辦|支援|會辦)(?:辦理|處理|執行)?(?=[,;。]|$)")
_MODAL = re.compile(any_of(words("orders", "modal")))
_VERB = re.compile(any_of(words("orders", "verbs")))
_ACTS = re.compile(rf"(?:{text('orders', 'adverbs')})*{any_of(words('orders', 'verbs'))}")
_SAYING = re.compile(any_of(words("orders", "saying")))
_CONNECTIVE = re.compile(
    r"(?:另外?|並且?|惟|因此|又|故|且|爰|則|仍|也|亦|同時|其中|至於|而|但|本案|後續|嗣後|屆時|完成後|會後|原則同意)*,?"
)
_RULE = re.compile(any_of(words("orders", "rule")))
_FUTURE = re.compile(any_of(words("orders", "future")))
_CONDITION = re.compile(any_of(words("orders", "condition")))
_CONVENING = re.compile(rf"應(?:儘速|儘快|即|於[^,。]{{1,12}})?{any_of(words('orders', 'convening'))}")
_IMPERATIVE = re.compile(rf"先(?:行)?{any_of(words('orders', 'verbs'))}")
_PRAISE = re.compile(any_of(words("orders", "praise")))
_STAGES = re.compile(text("orders", "stages"))
_APPROVED = re.compile(
    r"(?<!不)(?:同意|通過|決定)(?!備查|解除|照辦|追認|核備|依|繼續)[^,。;:]{0,24}?(?:採購|更換|增設|施作|修繕|汰換|購置|裝設|加裝|設置|招標|發包|整修|改選|成立)"
)
_JOINT = re.compile(r"(?:並|另|且|及|再|後|同時|亦)$")
_JOINED_HELP = re.compile(r",[並亦也]?$")
_TOPIC = re.compile(r"(?:者|部[分份]|[一乙]節|一案|方面|事宜|情形),$")
_COMMISSION = re.compile("委請|委託|函請|轉請|移請|敦請|洽請|商請")  # what the addressee before does himself
_THING_DUE = re.compile(r"[^,。;:()]{1,10}?(?=(?:應|須|務必)(?:於|在))")
_LIMITED = re.compile(
    r"(?:\d|[這本][個月週年]|下[週月次]|[一二三四五六七八九十]{1,3}[日月週個天])[^,。;]{0,14}?[前內]"
    r"|\d{1,2}/\d{1,2}(?:\([^()]{1,3}\))?(?:完成|繳|交|提|送|回)|即日起|即起|會後|自[^,。;]{1,12}?起"
    r"|[^,。;]{2,6}前[一二兩三四五六七八九十\d]{1,2}個?[天日週月]"  # 活動前兩週開始
)
_LIMITED_OR_NEXT = re.compile(rf"{_LIMITED.pattern}|[下次][週月次][^,。;]{{0,6}}?{any_of(words('orders', 'verbs'))}")
_ASSIGNED = re.compile(r"(?:主辦|主政|主責|統籌|負責|承辦|辦理)(?:辦理|規劃|執行|統籌)?,(?:並|另)?")
_ASIDE = re.compile(r"(?:\([^()]{1,12}\))?[ :]*")  # 長照司(第二科)於一週內…
_WHICH = re.compile(r"[^,。;]{2,20}者,")  # 檢驗單位抽驗不合格者,
_WHOEVER = re.compile(r"[^,。;]{2,24}[者的],")
_RECEIVES = re.compile("長?(?:[,;。]|$)")  # 名單交志工隊長: who gets it, not who acts
HELPING = (
    r"(?:[於在][^,。;]{2,10}?(?:期間|時|當[日天]))?"
    rf"(?:全力|共同|一併|同步|予以|須|應|要|負責)?{text('orders', 'helping')}"
)
COLLECTING = rf"(?:[於在]?[^,。;]{{2,12}}前)?(?:統一|負責|據以)?(?:{text('orders', 'collecting')})"
_HELPING = re.compile(HELPING)
_COLLECTING = re.compile(COLLECTING)
_MAIN = re.compile("主[辦政責導]|規劃|負責|統籌")
_TRACKS = re.compile(rf"(?:負責|予以|進行)?{any_of(words('units', 'tracking'))}(?:[,;。]|$)")
_LONGEST_TOPIC = 12
_CLAUSE = re.compile(r"[^,;:。!?]+[,;:。!?]*")
_GENERIC = re.compile(rf"^(?:{any_of(words('orders', 'generic'))})")


@dataclass(frozen=True, slots=True)
class Order:
    """One order; places are in the paragraph's folded text."""

    start: int  # where its text begins, background of the sentence included
    mark: int  # where the mark stands: 請, 由, the addressee of a modal
    body: int  # behind mark and addressees
    end: int
    rule: str  # please | charge | modal | convening | stages | approved
    units: tuple[Unit, ...] = ()

    @property
    def is_generic(self) -> bool:
        return bool(self.units) and all(_GENERIC.match(unit.name) for unit in self.units)


def find_orders(sentence: str, offset: int, directory: Directory) -> tuple[Order, ...]:
    """The orders of one sentence that begins at `offset`; later ones begin at their own clause."""
    found: list[Order] = []
    for mark in _marks(sentence, directory):
        if found and _belongs(found[-1], mark, sentence):
            found[-1] = _merged(found[-1], mark, sentence)
        else:
            found.append(mark)
    if not found:
        found = list(_unaddressed(sentence))
    return tuple(_placed(found, sentence, offset))


def subject_of(sentence: str, directory: Directory) -> tuple[Unit, ...]:
    """The units that a sentence begins with: 各組室…案件, 請於12月底前完成."""
    start = _CONNECTIVE.match(sentence)
    return directory.read_list(sentence, start.end() if start else 0, sure=True)


def is_standing_rule(sentence: str, order: Order, *, timed: bool) -> bool:
    """Tell a rule or permission for whenever a case comes up from work to be done now."""
    if timed and order.units:
        return False
    clause_start = max(sentence.rfind(",", 0, order.mark), sentence.rfind(";", 0, order.mark)) + 1
    before = sentence[: order.mark]
    if _FUTURE.search(before) or _FUTURE.match(sentence, order.body):
        return order.is_generic or not order.units
    if order.rule == "please":
        return (
            not order.units and bool(_CONDITION.search(before[max(0, order.mark - 12) :])) and not _subjectless(before)
        )
    if order.rule == "modal":
        return bool(_RULE.search(sentence[clause_start:]) or _PRAISE.search(sentence, order.body))
    return False


def only_helps(sentence: str, order: Order, offset: int) -> bool:
    """Tell an order that names nobody but a helper: 6月15日前做完, 清潔隊要支援."""
    return order.rule == "modal" and bool(_HELPING.match(sentence, order.body - offset))


def is_for_future(sentence: str) -> bool:
    """Tell a sentence about whenever it comes up: 爾後, 嗣後 …"""
    return bool(_FUTURE.search(sentence))


def _subjectless(before: str) -> bool:
    """`…如遇有窒礙難行之處, 請…` has its subject before the condition; `如要改變請…` has none."""
    return before.endswith(",")


def _marks(sentence: str, directory: Directory) -> Iterator[Order]:
    for clause in _CLAUSE.finditer(sentence):
        marks = list(_marks_in(sentence, clause.start(), clause.end(), directory))
        yield from marks
        is_topic = clause[0].endswith(":") and len(clause[0]) <= _LONGEST_TOPIC  # 會長交接:…
        if (
            not marks
            and not is_topic
            and (modal := _modal(sentence, clause.start(), directory) or _whoever(sentence, clause.start(), directory))
        ):
            yield modal


def _marks_in(sentence: str, start: int, end: int, directory: Directory) -> Iterator[Order]:
    """請 and 由/責成/交由 … inside one clause, in order."""
    place = start
    while place < end:
        order = _please(sentence, place, directory) or _charge(sentence, place, directory)
        if order:
            yield order
        place = max(order.body, place + 1) if order else place + 1


def _please(sentence: str, at: int, directory: Directory) -> Order | None:
    if sentence[at] != "請" or _NOT_PLEASE.match(sentence, max(0, at - 1)) or _PLEASE_NOT.match(sentence, at):
        return None
    if sentence.startswith("由", at + 1):
        at += 1
    return _order(sentence, at, at + 1, "please", directory)


def _charge(sentence: str, at: int, directory: Directory) -> Order | None:
    match = _CHARGE.match(sentence, at)
    if not match or _NOT_CHARGE.search(sentence[max(0, at - 2) : match.end()]) or directory.knows(sentence, at):
        return None
    if match[0] == "交" and directory.read(sentence, at):  # 交 of 交通隊 charges nobody
        return None
    order = _order(sentence, at, match.end(), "charge", directory)
    if match[0] == "交" and _RECEIVES.match(sentence, order.body):
        return None
    return order if order.units and not _AWARDED.match(sentence, order.body) else None


def _order(sentence: str, mark: int, at: int, rule: str, directory: Directory) -> Order:
    units = directory.read_list(sentence, at) or (directory.guess(sentence, at) if rule == "please" else ())
    body = and_so_on(sentence, units[-1].end) if units else at
    return Order(mark, mark, body, len(sentence), rule, units)


def _modal(sentence: str, start: int, directory: Directory) -> Order | None:
    """`總幹事於下次會議前提出…`, `各局處應落實…`: a unit, then what it should or will do."""
    connective = _CONNECTIVE.match(sentence, start)
    at = connective.end() if connective else start
    units = directory.read_list(sentence, at, sure=True)
    if not units:
        return _owned(sentence, at, directory)
    body = and_so_on(sentence, units[-1].end)
    topic = sentence[start - 1 : start] == ":"
    aside = _ASIDE.match(sentence, body)
    body = aside.end() if aside else body
    if _WHICH.match(sentence, body):
        return None
    if (
        _MODAL.match(sentence, body)
        or _LIMITED.match(sentence, body)
        or (JOINTLY.match(sentence, body) and directory.read(sentence, body + 1))
        or ((verb := _ACTS.match(sentence, body)) and (topic or not _SAYING.fullmatch(verb[0])))
    ):
        return Order(at, at, body, len(sentence), "modal", units)
    return _owned(sentence, at, directory)


def _whoever(sentence: str, at: int, directory: Directory) -> Order | None:
    """`各科執行率未達60%者, 下次會議提出說明`: some of a group, and what they are to do."""
    units = directory.read_list(sentence, at)
    units = units if units and all(_GENERIC.match(unit.name) for unit in units) else ()
    which = _WHOEVER.match(sentence, units[-1].end) if units else None
    if not which or not (_MODAL.match(sentence, which.end()) or _LIMITED_OR_NEXT.match(sentence, which.end())):
        return None
    return Order(at, at, which.end(), len(sentence), "modal", units)


def _owned(sentence: str, at: int, directory: Directory) -> Order | None:
    """`各科室模擬題庫應於5月26日前上傳`: what belongs to a unit is due from it."""
    owner = directory.read(sentence, at)
    thing = _THING_DUE.match(sentence, owner.end) if owner else None
    return Order(at, at, thing.end(), len(sentence), "modal", (owner,)) if owner and thing else None


def _unaddressed(sentence: str) -> Iterator[Order]:
    """Work without an addressee: something to be convened, done in stages, or bought as agreed."""
    if _IMPERATIVE.match(sentence):
        yield Order(0, 0, 0, len(sentence), "imperative")
        return
    for rule, pattern in (("convening", _CONVENING), ("stages", _STAGES), ("approved", _APPROVED)):
        if match := pattern.search(sentence):
            yield Order(0, match.start(), match.end() if rule == "approved" else match.start(), len(sentence), rule)
            return


def _belongs(before: Order, mark: Order, sentence: str) -> bool:
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
    if mark.rule == "charge" and _TRACKS.match(sentence, mark.body):
        return True
    if mark.rule == "charge":
        joined = not re.search(r"[,;]\s*(?:並|另|且|再|後續|同時)?$", between)
        return joined or _helps(sentence, mark) or bool(_COLLECTING.match(sentence, mark.body))
    return mark.rule == "modal" and _helps(sentence, mark)


def _same_units(before: Order, mark: Order) -> bool:
    return {unit.name for unit in before.units} == {unit.name for unit in mark.units}


def _restates(before: Order, mark: Order, sentence: str) -> bool:
    """`各局處應妥為處理, 請各局處務必落實`: the same again, unless 另, 並 or a day of its own makes it another."""
    another = _JOINT.search(sentence, before.body, mark.mark) or _LIMITED.match(sentence, mark.body + 1)
    return before.rule == "modal" and not another


def _helps(sentence: str, mark: Order) -> bool:
    return bool(_HELPING.match(sentence, mark.body))


def _only_helps(sentence: str, mark: Order) -> bool:
    """`…, 請社區經理協助, …`: a helper of the order before, no order of its own."""
    return mark.rule in ("please", "charge") and bool(_HELP_ALONE.match(sentence, mark.body))


def _merged(before: Order, mark: Order, sentence: str) -> Order:
    """`請於月底前由總務處辦理`: the addressee that comes later is the addressee of the whole.

    `由觀光處主辦, 請觀光處…` says first who and then what.
    """
    if _same_units(before, mark) and _ASSIGNED.fullmatch(sentence, before.body, mark.mark):
        return replace(before, body=mark.body, rule=mark.rule)
    if before.units or not mark.units or _helps(sentence, mark):
        return before
    return replace(before, units=mark.units, body=mark.body)


def _placed(found: list[Order], sentence: str, offset: int) -> Iterator[Order]:
    starts = [0, *(_start_behind(before, order, sentence) for before, order in pairwise(found)), len(sentence)]
    for order, start, end in zip(found, starts, starts[1:], strict=False):
        yield replace(
            order,
            start=start + offset,
            mark=order.mark + offset,
            body=order.body + offset,
            end=end + offset,
            units=tuple(replace(unit, start=unit.start + offset, end=unit.end + offset) for unit in order.units),
        )


def _start_behind(before: Order, order: Order, sentence: str) -> int:
    """Where a further order begins: at its clause (the one before too where that names its topic) or at its 並."""
    clause = _clause_start(sentence, order.mark)
    if clause <= before.mark:
        joint = _JOINT.search(sentence, before.body, order.mark)
        return joint.start() if joint else order.mark
    topic = _clause_start(sentence, clause - 1)
    return topic if topic > before.mark and _TOPIC.search(sentence, topic, clause) else clause


def _clause_start(sentence: str, mark: int) -> int:
    return max(sentence.rfind(stop, 0, mark) for stop in ",;:。") + 1
