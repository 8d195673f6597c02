"""Who does what in one order: lead, support, consulted, supervised, tracker."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from minutes.joining import COLLECTING, HELPING
from minutes.marks import ACTS, Order
from minutes.units import JOINTLY, Directory, Unit
from minutes.words import any_of, text, words

_AGREEING = "(?:協調|溝通|協商)"
_PARTNERED = re.compile(rf"(?:再行?)?(?:{_AGREEING}|聯[繫絡]|會商|商議|檢討)")  # 活動組與輔導室聯繫: the first acts
_SUPPORT = re.compile(any_of(words("units", "support")))
_CONSULTED = re.compile(
    rf"(?:{any_of(words('units', 'consulted'))})(?![邀請詢])|(?:與|和|跟)(?=[^,;。]{{2,12}}?{_AGREEING})"
)
_SUPERVISED = re.compile(any_of(words("units", "supervised")))
_WITH_PARTNER = re.compile(
    r"[並先,](?:與|和|跟)(?=[^,;。]{2,12}?(?:核對|研商|討論|合作|聯繫|聯絡|商議|會商|研議|共同|協力))"
)
_ASKED = re.compile(rf"向(?=[^,;。]{{2,24}}?{any_of(words('units', 'asked'))})")
_HELPED_BY = re.compile(
    rf"(?:由|請|與|及|[,;、])\s*(?:請)?(?=[^,;。]{{2,20}}?{text('orders', 'helping')})"
    rf"|[,交](?=[^,。;]{{2,16}}?{text('orders', 'collecting')})|(?<=[,並])由(?=[^,;。]{{2,30}}?{COLLECTING})"
)
_HELPS = re.compile(rf"{HELPING}|{COLLECTING}")
_TRACKS = re.compile(rf"(?:負責|予以)?{any_of(words('units', 'tracking'))}(?:[,;。]|$|管制|本案|辦理|後續)")
_TRACKED_BY = re.compile(rf"(?:並|另|且)?(?:請|由)(?=[^,;。]{{2,16}}?{any_of(words('units', 'tracking'))}(?:[,;。]|$))")
_BRACKET = re.compile(r"[(【\[〔][^()【】\[\]〔〕]{2,50}[)】\]〕]")
_PART_ROLE = re.compile(r"(主辦|主政|主責|承辦|權責|負責|辦理|執行|協辦|配合|協助)[^:]{0,4}:")
_ROLE_BEHIND = re.compile(r"(?<=.)(主辦|主政|主責|協辦|配合)$")  # (觀光處主辦;工務處協辦)
_ASSISTS = re.compile("(?:一併|共同)?協助")
_SAID_BEFORE = re.compile("該(?:[局處科室課組所會隊股]|單位|機關)")
_ANY_GROUP = re.compile("[各該本全]|相關|有關|所屬")
_INLINE = re.compile(
    r"(?<![一-鿿])(主辦|主政|主責|承辦|權責|負責|辦理|執行|協辦|配合|協助)(?:單位|機關|科室|處室|局處|人員?)?:\s*"
)
_HELPERS = re.compile(r"\((?:協辦|配合|協助)(?:單位|機關)?:([^()]+)\)")
_BETWEEN = re.compile(r"[、,;/及與和\s]+")
_WITH = frozenset({"與", "和", "偕", "跟"})


@dataclass(frozen=True, slots=True)
class Parties:
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    consulted: tuple[str, ...] = ()
    supervised: tuple[str, ...] = ()
    tracker: tuple[str, ...] = ()


def parties_of(order: Order, text: str, directory: Directory) -> Parties:
    """The parties that an order names. `text` is the paragraph in which its places lie."""
    body = text[order.body : order.end]
    tracker = _tracker(order, body, directory)
    partnered = _PARTNERED.match(body) is not None
    lead = [u for u in order.units if not _is_support(u, partnered=partnered)]
    lead = [] if tracker and _TRACKS.match(body) else lead
    lead += order.further
    support = [unit.name for unit in order.units if _is_support(unit, partnered=partnered)]
    if JOINTLY.match(body):
        support += _names(body, 1, directory)
    if helped := _helped(order, body, directory):
        lead, support = list(helped), [*support, *(unit.name for unit in lead)]
    support += [*_after(_SUPPORT, body, directory), *_after(_WITH_PARTNER, body, directory), *_helpers(body, directory)]
    return Parties(
        lead=_unique(unit.name for unit in lead if not _SAID_BEFORE.fullmatch(unit.name)),
        support=_unique(name for name in support if name not in {unit.name for unit in lead}),
        consulted=_unique([*_after(_ASKED, body, directory), *_after(_CONSULTED, body, directory)]),
        supervised=_unique(_after(_SUPERVISED, body, directory)),
        tracker=_unique(tracker),
    )


def named_in_brackets(text: str, directory: Directory) -> Parties:
    """Units in brackets: (主辦:資訊局;協辦:總務組) anywhere, (研考會) at the end of an item."""
    lead: list[str] = []
    support: list[str] = []
    for match in _BRACKET.finditer(text):
        ends = match.end() >= len(text.rstrip("。;,. ")) or text.startswith(":", match.end())
        for part in re.split("[;,]", match[0][1:-1]):
            role = _PART_ROLE.match(part) or _ROLE_BEHIND.search(part)
            named = part.replace(role[0], "") if role else part
            names = units_in(named) if role else only_units(part, directory) if ends else ()
            (support if role and role[1] in ("協辦", "配合", "協助") else lead).extend(names)
    for match in _INLINE.finditer(text):
        listed = [unit.name for unit in directory.read_list(text, match.end())]
        (support if match[1] in ("協辦", "配合", "協助") else lead).extend(listed)
    return Parties(lead=_unique(lead), support=_unique(support))


def cell_parties(lead: str, support: str) -> Parties:
    """The parties of two cells; helpers may stand in brackets in the first: 資訊科(協辦:測量科)."""
    helpers = _HELPERS.findall(lead)
    return Parties(
        lead=units_in(_HELPERS.sub("", lead)),
        support=_unique(name for cell in (*helpers, support) for name in units_in(cell)),
    )


def units_in(cell: str) -> tuple[str, ...]:
    """The units of a cell or label that holds nothing else; a part that is no unit by shape is kept as it stands."""
    names = []
    for part in _BETWEEN.split(cell.strip(" 。,;()【】[]〔〕")):
        name = re.sub(r"\((?:主辦|主政|主責|承辦|協辦|配合|協助)?\)?$", "", part)
        name = re.sub(r"^(?:主辦|協辦|主責|配合)(?:單位)?:|等(?:單位|機關)?$", "", name)
        if 1 < len(name) <= 14 and not re.search(r"\d{2,}", name):
            names.append(name)
    return _unique(names)


def only_units(cell: str, directory: Directory) -> tuple[str, ...]:
    """The units of a bracket, or nothing where any part of it is no unit."""
    names = units_in(cell)
    known = all((unit := directory.read(name, 0)) and unit.end == len(name) for name in names)
    return names if known else ()


def _tracker(order: Order, body: str, directory: Directory) -> list[str]:
    if order.units and _TRACKS.match(body):
        return [unit.name for unit in order.units]
    return [name for match in _TRACKED_BY.finditer(body) for name in _names(body, match.end(), directory)]


def _helped(order: Order, body: str, directory: Directory) -> tuple[Unit, ...]:
    """`請總務處協助輔導室招標`: whose work it is that the addressee is asked to help with."""
    if not order.units or not (assists := _ASSISTS.match(body)):
        return ()
    units = directory.read_list(body, assists.end(), sure=True)
    acts = bool(units) and ACTS.match(body, units[-1].end) is not None
    return units if acts and not any(_ANY_GROUP.match(unit.name) for unit in units) else ()


def _is_support(unit: Unit, *, partnered: bool) -> bool:
    """Tell a helper: called so, or the one with whom the first is to talk."""
    joined = unit.joined_by == "偕" or (partnered and unit.joined_by in _WITH)
    return unit.role in ("協辦", "配合", "協助") or (not unit.role and joined)


def _after(pattern: re.Pattern[str], body: str, directory: Directory) -> Iterator[str]:
    for match in pattern.finditer(body):
        yield from _names(body, match.end(), directory)


def _helpers(body: str, directory: Directory) -> Iterator[str]:
    for match in _HELPED_BY.finditer(body):
        units = directory.read_list(body, match.end())
        if units and _HELPS.match(body, units[-1].end):
            yield from (unit.name for unit in units)


def _names(body: str, at: int, directory: Directory) -> Iterator[str]:
    return (unit.name for unit in directory.read_list(body, at))


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
