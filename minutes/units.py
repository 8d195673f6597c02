"""Find units in running text: what the document lists, well-known names, and shape (short name + 局, 處, 主任)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from minutes.words import any_of, text, words

LONGEST = 16
_SHORT_NAME = 3
_SURE_NAME = 8
_SHORTEST_NAME = 2
_LONGEST_COMPOUND = 2
_OPENERS = frozenset("後就自應能和可至")  # join words that also begin a name: 後勤科, 就業服務處, 自來水處, 應變中心

_SUFFIX = re.compile(any_of(words("units", "suffixes")))
_SUFFIX_AT_END = re.compile(rf"{any_of(words('units', 'suffixes'))}$")
_ENDS_AS_UNIT = re.compile(rf"^[^\d,。;:、()]*{any_of(words('units', 'suffixes'))}$")
_NOT_FIRST = re.compile(f"{any_of(words('units', 'not_first'))}|{text('units', 'not_first_by')}")
_NOT_UNIT = re.compile(rf"{any_of(words('units', 'not_units'))}$")
_PEOPLE = re.compile("人員|同仁|負責人")
_BREAK = re.compile(any_of(words("units", "breaks")))
_WEAK_BREAK = re.compile(any_of(words("units", "weak_breaks")))
_COMPOUND = any_of(words("units", "compounds"))
_VERB_OR_COMPOUND = re.compile(rf"{_COMPOUND}|(?P<verb>{any_of(words('units', 'weak_breaks'))})")
_GROUP = re.compile(rf"(?:{any_of(words('units', 'groups'))}|[全本]){{1,3}}位?")
_CHIEF = re.compile(r"(?<=[隊局處科室組課股所])長(?=[於應須請負會同儘召邀提列辦,。;、:])")
_EACH_PART = re.compile("各(?!(?:[推指]?派|自))")
_OWN = re.compile("本.{1,2}")
_JOIN = re.compile(rf"\s*{any_of(words('units', 'joins'))}\s*(?:請)?")
_AND_SO_ON = re.compile(
    r"等(?:[\d一二三四五六七八九十兩]{1,2}個?)?(?:相關)?(?:單位|機關|局處|處室|科室|學校|委員|人員)?"
)
_COUNTED = re.compile(r"(?<![第○\d])\d{1,3}$")  # 故障8處 counts places
GUESSED = "guessed"
JOINTLY = re.compile(  # 供銷部會推廣股評估, 環保局邀財政處研議: together with
    r"(?:邀(?![集請])|偕(?!同))|會(?![同商請銜議勘後前中])"
)
_ACTING = any_of(
    words("orders", "verbs"), words("orders", "modal"), words("deadline", "vague"), words("units", "breaks")
)
_ADDRESSED = re.compile(rf"(?!{_ACTING}|{any_of(words('units', 'behind'))})([^,。;、:()「」\s\d]{{2,6}}?)(?={_ACTING})")
_SHORT_PART = re.compile(rf"[^,。;:、()\s\d]{{2}}[組科股課室隊](?![學])|{_COMPOUND}(?:[處所站]|中心|大隊)")
_ROLE = re.compile(r"\((主辦|主政|主責|協辦|配合|協助)(?:單位|機關)?\)")
_AFTER_UNIT = any_of(
    words("orders", "verbs"),
    words("orders", "modal"),
    words("deadline", "vague"),
    *(words("units", name) for name in ("breaks", "joins", "support", "consulted", "supervised", "behind")),
)
_FOLLOWED = re.compile(
    rf"$|[一二兩三四五各\d]{{1,2}}[人名位]|{text('orders', 'adverbs')}|[,。;:、()「」\s\d\[\]【】/]|{_AFTER_UNIT}"
)


@dataclass(frozen=True, slots=True)
class Unit:
    name: str
    start: int
    end: int
    role: str = ""  # 主辦, 協辦 … where it is written in brackets behind the name
    joined_by: str = ""  # the word that joins it to the one before


class Directory:
    """The units of one document. Learning more never changes what a longer known name means."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names = set(words("units", "known"))
        self._learned: set[str] = set()
        for name in names:
            self.learn(name)

    @property
    def learned(self) -> frozenset[str]:
        """The names that came from the document."""
        return frozenset(self._learned)

    def learn(self, name: str) -> None:
        """Take a name from an attendance list, a heading or a table column, when it looks like a unit at all."""
        plain = re.sub(r"\(.*?\)|\s", "", name)
        if 2 <= len(plain) <= LONGEST and self._looks_like_unit(plain):
            self._names.add(plain)
            self._learned.add(plain)

    def _looks_like_unit(self, plain: str) -> bool:
        unit = self.read(plain, 0)
        whole = unit is not None and unit.end == len(plain)
        return whole or (len(plain) <= _SURE_NAME and bool(_ENDS_AS_UNIT.search(plain)))

    def knows(self, text: str, at: int) -> bool:
        """Tell whether a well-known name or one of the document's begins here: 交 of 交通處 charges nobody."""
        return self._known(text, at) is not None

    def read(self, text: str, at: int) -> Unit | None:
        """The unit that begins exactly here, or None."""
        whole = self._known(text, at) or self._group(text, at)
        end = self._with_part(text, whole) if whole else self._shaped(text, at)
        if whole and end and end > whole and _OWN.fullmatch(text, at, whole):
            at = whole  # 本局養護工程處 is 養護工程處
        if end and _CHIEF.match(text, end):
            end += 1
        return Unit(text[at:end], at, end) if end else None

    def read_list(self, text: str, at: int, *, sure: bool = False) -> tuple[Unit, ...]:
        """The units joined by 、 及 與 … that begin here; where no 請 announces them, be `sure` of the first."""
        found: list[Unit] = []
        joined_by, place = "", at
        while unit := self.read(text, place):
            if sure and not found and not self._is_sure(unit, text):
                return ()
            end = unit.end
            role = _ROLE.match(text, end)
            end = role.end() if role else end
            found.append(Unit(unit.name, unit.start, end, role[1] if role else "", joined_by))
            join = _JOIN.match(text, end)
            if not join:
                break
            joined_by, place = join[0].strip(), join.end()
        return tuple(found)

    def ending_at(self, text: str, end: int) -> str | None:
        """The unit that ends exactly here: one that is known, or one that begins behind 案, 之 or a comma."""
        for start in range(max(0, end - LONGEST), end - 1):
            unit = self.read(text, start)
            apart = start == 0 or text[start - 1] in "案號之的,、(:"
            if unit and unit.end == end and (apart or unit.name in self._names):
                return unit.name
        return None

    def guess(self, text: str, at: int) -> tuple[Unit, ...]:
        """An addressee of unknown shape behind 請: the few characters before the first word of acting."""
        match = _ADDRESSED.match(text, at)
        return (Unit(match[1], at, match.end(), role=GUESSED),) if match else ()

    def _is_sure(self, unit: Unit, text: str) -> bool:
        if unit.name in self._learned:
            return True
        known = unit.name in self._names or unit.end - unit.start <= _SURE_NAME
        with_another = JOINTLY.match(text, unit.end) is not None and self.read(text, unit.end + 1) is not None
        return known and (with_another or bool(_FOLLOWED.match(text, unit.end)))

    def _known(self, text: str, at: int) -> int | None:
        for length in range(min(LONGEST, len(text) - at), 1, -1):
            if text[at : at + length] in self._names:
                return at + length
        return None

    def _group(self, text: str, at: int) -> int | None:
        """各局處, 相關單位, 本處, 各機關秘書室主任: a group word, an optional short name, one or more suffixes."""
        group = _GROUP.match(text, at)
        if not group:
            return None
        end = self._chained(text, group.end())
        if end:
            return end
        return self._known(text, group.end()) or self._shaped(text, group.end(), titled=True)

    def _chained(self, text: str, at: int) -> int | None:
        end = None
        while (suffix := _SUFFIX.match(text, at)) and not (end and _BREAK.match(text, at)):
            end = at = suffix.end()
        people = _PEOPLE.match(text, end) if end else None
        return people.end() if people else end

    def _with_part(self, text: str, end: int) -> int:
        """Take in a part named right behind its whole: 工務局新工處, 總務處採購組, 社會局局長."""
        with_another = text.startswith("會", end) and self.read(text, end + 1)
        if with_another or (_WEAK_BREAK.match(text, end) and not _SHORT_PART.match(text, end)):
            return end
        group = self._group(text, end) if _EACH_PART.match(text, end) else None
        part = self._known(text, end) or group or self._shaped(text, end, longest=_SHORT_NAME + 3, strict=True)
        return part or end

    def _shaped(
        self, text: str, at: int, *, longest: int = LONGEST, strict: bool = False, titled: bool = False
    ) -> int | None:
        """The end of a name by shape: the first suffix with something that may follow a unit behind it.

        `titled`: words of acting may stand in a name that ends with a title (各專題指導老師).
        """
        first = None
        if _NOT_FIRST.match(text, at):
            return None
        for end in self._suffix_ends(text, at, longest, titled=titled):
            if _FOLLOWED.match(text, end):
                return end
            strict = strict or text[at] in _OPENERS
            if first is None and end - at >= 3:
                first = end
        return None if strict else first

    def _suffix_ends(self, text: str, at: int, longest: int, *, titled: bool) -> Iterable[int]:
        for place in range(at, min(at + longest, len(text))):
            suffix = _SUFFIX.match(text, place)
            long = suffix is not None and len(suffix[0]) > 1
            if not long and self._ends_name(text, at, place):
                return
            if not (titled and long) and place - at > _SHORT_NAME and _acts_within(text, at, place):
                return
            ends = suffix is not None and (place > at or long) and not _NOT_UNIT.search(text, at, suffix.end())
            if suffix and ends and not _COUNTED.search(text[at:place]):
                yield suffix.end()

    def _ends_name(self, text: str, at: int, place: int) -> bool:
        """Tell a character that no name goes over: punctuation, or a word that joins or acts."""
        opens = (place == at and text[at] in _OPENERS) or _inside_name(text, at, place)
        return not _is_name_character(text[place]) or (not opens and _BREAK.match(text, place) is not None)


def and_so_on(text: str, at: int) -> int:
    """Skip 等單位, 等3個機關 behind a list."""
    match = _AND_SO_ON.match(text, at)
    return match.end() if match else at


def _acts_within(text: str, at: int, place: int) -> bool:
    """Tell a verb before `place`; 發 of 觀光發展處 is none."""
    reach = place + _LONGEST_COMPOUND
    return any(found["verb"] and found.start() < place for found in _VERB_OR_COMPOUND.finditer(text, at, reach))


def _inside_name(text: str, at: int, place: int) -> bool:
    """城市暨觀光發展處, 教學與研究組: a joining word behind two characters or more that are no unit themselves."""
    joins = text[place] == "暨" or (text[place] in "與及" and place - at == _SHORTEST_NAME)
    return joins and place - at >= _SHORTEST_NAME and not _SUFFIX_AT_END.search(text, at, place)


def _is_name_character(character: str) -> bool:
    return character.isalnum() or character in "○〇◯"
