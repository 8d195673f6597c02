"""Find what marks an order in a sentence: 請 and an addressee, 由, 責成, a unit and what it should do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from minutes.units import JOINTLY, Directory, Unit, and_so_on
from minutes.words import any_of, text, words

_NOT_PLEASE = re.compile(text("orders", "not_please"))
_PLEASE_NOT = re.compile(text("orders", "please_not"))
_CHARGE = re.compile(any_of(words("orders", "charge")))
_NOT_CHARGE = re.compile(r"(?:[已係原經自理來緣事]由|[提繳轉移送社外成點遞呈相上國邦]交|不得由)$")
_AWARDED = re.compile(
    "承作|承做|承攬|承包|得標|施作|支應|勻支|負擔|支出|自付"
)  # who won the contract or pays, not who is to act
_APPOINTED = re.compile("[^,。;]{0,16}?(?:為|擔任|出任)")  # 推派某甲為代表
_MODAL = re.compile(any_of(words("orders", "modal")))
ACTS = re.compile(rf"(?:{text('orders', 'adverbs')})*(?:{text('orders', 'spoken')}|{any_of(words('orders', 'verbs'))})")
_SAYING = re.compile(any_of(words("orders", "saying")))
_CONNECTIVE = re.compile(
    r"(?:另外?|並且?|惟|因此|又|故|且|爰|則|仍|也|亦|同時|其中|至於|而|但|同意|本案|後續|嗣後|屆時|完成後|會後|原則同意)*,?"
)
_CONVENING = re.compile(rf"應(?:儘速|儘快|即|於[^,。]{{1,12}})?{any_of(words('orders', 'convening'))}")
_IMPERATIVE = re.compile(rf"先(?:行)?{any_of(words('orders', 'verbs'))}")
_STAGES = re.compile(text("orders", "stages"))
_APPROVED = re.compile(
    r"(?<!不)(?:同意|通過|決定)(?!備查|解除|照辦|追認|核備|依|繼續)[^,。;:]{0,24}?(?:採購|更換|增設|施作|修繕|汰換|購置|裝設|加裝|設置|招標|發包|整修|改選|成立)"
)
_THING_DUE = re.compile(r"[^,。;:()]{1,10}?(?=(?:應|須|務必)(?:於|在))")
LIMITED = re.compile(
    r"(?:\d|[這本][個月週年]|下[週月次]|[一二三四五六七八九十]{1,3}[日月週個天])[^,。;]{0,14}?[前內]"
    r"|\d{1,2}/\d{1,2}(?:\([^()]{1,3}\))?(?:完成|繳|交|提|送|回)|[^,。;]{1,6}後[^,。;]{0,8}?內|即日起|即起|會後|[自從][^,。;]{1,12}?起"
    r"|[^,。;]{2,6}前[一二兩三四五六七八九十\d]{1,2}個?[天日週月]"  # 活動前兩週開始
)
_LIMITED_OR_NEXT = re.compile(rf"{LIMITED.pattern}|[下次][週月次][^,。;]{{0,6}}?{any_of(words('orders', 'verbs'))}")
_ASIDE = re.compile(r"(?:\([^()]{1,12}\))?[ :]*")  # 長照司(第二科)於一週內…
_EACH = re.compile("各[^各,。;:()反映建議提出]{1,16}$")
_WHICH = re.compile(r"[^,。;]{2,20}者,")  # 檢驗單位抽驗不合格者,
_WHOEVER = re.compile(r"[^,。;]{2,24}[者的],")
_RECEIVES = re.compile("長?(?:[,;。]|$)")  # 名單交志工隊長: who gets it, not who acts
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
    further: tuple[Unit, ...] = ()  # who does the next steps of the same work

    @property
    def is_generic(self) -> bool:
        return bool(self.units) and all(_GENERIC.match(unit.name) for unit in self.units)


def subject_of(sentence: str, directory: Directory) -> tuple[Unit, ...]:
    """The units that a sentence begins with: 各組室…案件, 請於12月底前完成."""
    start = _CONNECTIVE.match(sentence)
    return directory.read_list(sentence, start.end() if start else 0, sure=True)


def marks_of(sentence: str, directory: Directory) -> Iterator[Order]:
    """Every mark of a sentence in order; a clause without 請 or 由 gives at most its subject."""
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
    order = _order(sentence, at, at + 1, "please", directory)
    return order if order.units else replace(order, units=_subject_before(sentence, at, directory))


def _subject_before(sentence: str, at: int, directory: Directory) -> tuple[Unit, ...]:
    """`內政部請協助…`, `施政報告各單位稿件請於月底前送…`: a subject, or what each of a group is to hand in."""
    start = clause_start(sentence, at)
    subject = directory.read_list(sentence, start, sure=True)
    if subject and sentence[subject[-1].end : at] in ("", "則"):
        return subject
    each = _EACH.search(sentence, start, at)
    unit = directory.read(sentence, each.start()) if each else None
    return (unit,) if unit and unit.end <= at else ()


def _charge(sentence: str, at: int, directory: Directory) -> Order | None:
    match = _CHARGE.match(sentence, at)
    if not match or _NOT_CHARGE.search(sentence[max(0, at - 2) : match.end()]) or directory.knows(sentence, at):
        return None
    if match[0] == "要求" and _subject_ends(sentence, at, directory):
        return None
    if match[0] == "交" and directory.read(sentence, at):  # 交 of 交通隊 charges nobody
        return None
    order = _order(sentence, at, match.end(), "charge", directory)
    if match[0] == "交" and _RECEIVES.match(sentence, order.body):
        return None
    if match[0].startswith("推") and _APPOINTED.match(sentence, order.body):
        return None
    return order if order.units and not _AWARDED.match(sentence, order.body) else None


def _subject_ends(sentence: str, at: int, directory: Directory) -> bool:
    """資訊組要求廠商檢修: who requires is the one asked."""
    units = directory.read_list(sentence, clause_start(sentence, at), sure=True)
    return bool(units) and units[-1].end == at


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
        or LIMITED.match(sentence, body)
        or (JOINTLY.match(sentence, body) and directory.read(sentence, body + 1))
        or ((verb := ACTS.match(sentence, body)) and (topic or not _SAYING.fullmatch(verb[0])))
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


def unaddressed(sentence: str) -> Iterator[Order]:
    """Work without an addressee: something to be convened, done in stages, or bought as agreed."""
    if _IMPERATIVE.match(sentence):
        yield Order(0, 0, 0, len(sentence), "imperative")
        return
    for rule, pattern in (("convening", _CONVENING), ("stages", _STAGES), ("approved", _APPROVED)):
        if match := pattern.search(sentence):
            yield Order(0, match.start(), match.end() if rule == "approved" else match.start(), len(sentence), rule)
            return


def clause_start(sentence: str, mark: int) -> int:
    """Where the clause that holds a place begins."""
    return max(sentence.rfind(stop, 0, mark) for stop in ",;:。") + 1
