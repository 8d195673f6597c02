"""What the words around a date say about it: refused as a deadline, a plan, or binding."""

from __future__ import annotations

import re
from dataclasses import replace

from domain.dates.draft import Draft, Scene
from domain.dates.reading import Kind

_LOOKING_BACK = (
    ("past", re.compile(r"(?:業|已|曾|甫|剛|業經|前經|已經)(?:於|在|自)?$")),
    ("as_of", re.compile(r"(?:截至|截止至?|截|迄至?|(?:統計|累計|計算|算|更新|資料|執行情形)至|至今)(?:民國)?$")),
)
_REFUSED_BEFORE = (
    ("superseded", re.compile(r"原(?:訂|定|預定|預計|應|規劃|計畫|排定|預期|期限為?|時程為?)(?:於|在|至|應於)?$")),
    ("condition", re.compile(r"(?:無法|未能|未|不及|難以|不得|不能)(?:於|在)?$")),
    ("condition", re.compile(r"(?<![例諸譬])(?:若|倘|假如|如果|萬一)[^請應]{0,12}$")),
)
_TERM_BEFORE = re.compile(
    r"(?:(?:延長|展延|延|展期|續約|續聘|效期|有效期?限?|保固|租期|任期|聘期|契約|合約|租約|契約期間|期間|存續)(?:至|到|迄)|(?:到期|屆滿|截止生效)日?期?(?:為|:))$"
    r"|(?:契約|合約|租約|租賃|履約|保固|任期|聘期)(?:期間|期限|效期|期)[^請應]{0,8}$"
)
_TERM_AFTER = re.compile(r"(?:即|將|就|才)?(?:到期|屆滿|期滿|屆期|屆至|終止)(?!前)")
_LAUNCH = re.compile(
    r"(?:起|將|即|可|會|正式|全面|同步|開始|試|陸續){0,3}"
    r"(?:上路|上線|啟用|啟動|施行|實施|生效|開幕|開放|開館|開園|揭牌|掛牌|揭幕|通車|營運|改由|改為|改採|暫停|停止|停機|停用)"
)
_HAPPENING = re.compile(
    r"[^、]{0,12}?(?:舉行|召開|舉辦|開會|開標|決標|驗收|審查|評選|開議|質詢|進行|辦理|登場|視察|會勘|勘查|報到|布置|開工|動工|說明會|記者會)"
)
_DUE = re.compile(
    r"(?:[0-9一二兩三四五六七八九十]{1,3}[天日])?[^、的之]{0,6}?"
    r"(?:完成|提報|提送|提交|提出|提供|繳交|繳回|繳納|送達|送交|交(?![通流接換])|送件|送審|送府|送會|交付|交件|補足|補正|補件|補齊|補送|回復|回覆|復知|函復|函報|函送|回報"
    r"|填報|填復|陳報|陳核|報核|報府|報局|簽報|簽陳|簽核|改善|修正|修復|結案|核銷|辦竣|完竣|竣工|完工|上傳|登錄|彙整|彙送|彙報|通報|檢送|撥付|請款|到位|交貨"
    r"|撤除|拆除|移除|清除|改正|申報|搬遷|寄送|寄出|繳費|截止|定案|定稿|到期辦理)(?!的|之|後|率|案件|件|比率)"
)
_PLAN = re.compile(r"(?:預定|預計|預期|預訂|擬|擬訂|規劃|訂|暫定|排定|估計|可望|將)(?:於|在|至|到)?$")
_ORDER = re.compile(
    r"請(?!示|款|假|購|領|益)|應(?!用|變|對|徵|屆|付|邀)|須|務必|責成|要求|督促|必需|需於|限(?:期|於|時)?$"
)
_ORDER_AT_HAND = re.compile(r"(?:請|應|須|務必|務請|必須|限期?|需)(?:於|在)?$")
_LATEST = re.compile(r"(?:最遲|至遲|最晚)(?:應|須)?(?:於|在|到|至)?$")
_HANDED_IN = re.compile(r"(?:提(?:送|報|請|交)?|送)(?:至|到|本[府局處校院所])?$")  # 提送12月4日行政會議審議
_MEETING = re.compile(
    r"[^,。;]{0,12}?(?:會議|會報|委員會|大會)[^,。;]{0,4}?(?:審議|討論|報告|審查|核定|確認|備查|決議|追認)"
)
_LABELLED = re.compile(r"(?:期限|時限|限辦日期?|完成日期?|截止日期?|期程)(?:為|:|於|至|是){0,2}(?:民國)?$")
_AT_START = re.compile(
    r"\W*(?:\w{0,4}(?:期限|時限|限期|日期|時間|期程))?\W*(?:自|為|於|在|至|到|限|訂於|請於|應於|請|定於)?\W*"
)
_NAMED = re.compile(r"[的之]")
_DONE_AFTER = re.compile(r"[^、]{0,8}?(?:業已|業經|已(?!屆)|曾|辦竣|完竣)")
_NOT_DONE_AFTER = re.compile(r"(?:仍|尚|若|如|倘|猶){0,2}(?:未(?!來)|無法|不能|不得|不再|沒)")
_CLOSES = re.compile(r"(?<!截)止$")
_STARTS = re.compile(r"起(?![至到算~-])")
_DOUBTS_OF_DEADLINES = ("past", "two_readings", "next_year", "next_month")
_GONE_BY = "昨去上前"
_NEAR = 40


def looks_back(scene: Scene, begin: int, stop: int) -> str:
    """Name the rule when the words before a date look back on it (已於, 截至), else an empty string."""
    before = scene.before(begin)
    if scene.text.startswith("截止", stop - 2) and before.endswith("至"):
        return ""
    return next((rule for rule, pattern in _LOOKING_BACK if pattern.search(before)), "")


def judge(draft: Draft, scene: Scene) -> tuple[Draft, bool]:
    """Weigh a draft by the words around it; tell also whether they bind somebody to it."""
    if not draft.dated or draft.kind in (Kind.EVENT, Kind.VAGUE, Kind.RECURRENCE, Kind.NOT_DEADLINE):
        return draft, False
    before, after = scene.before(draft.begin), scene.after(draft.stop)
    if not draft.marked and _STARTS.match(after) and (draft.date or draft.start):
        return _starting(draft, after), False
    refused = _refusal(draft, scene, before, after)
    if refused:
        return _refuse(draft, refused), False
    if _is_plan(before):
        return _plan(draft, after)
    if draft.marked or _binds(draft, scene, before, after):
        return _flag_past(draft, scene), True
    return _refuse(draft, "past" if draft.last and draft.last < scene.on else "mentioned"), False


def _starting(draft: Draft, after: str) -> Draft:
    """A day with 起 begins something: a launch, or a start without an end."""
    if _LAUNCH.match(after):
        return _refuse(draft, "launch")
    return replace(draft, kind=Kind.RECURRENCE, rule="start_only", start=draft.date or draft.start, date=None, end=None)


def _refusal(draft: Draft, scene: Scene, before: str, after: str) -> str:
    """Name the first reason for which a date is nobody's deadline."""
    back = looks_back(scene, draft.begin, draft.stop)
    if back:
        return back
    if before.endswith("至") and _CLOSES.search(scene.text, draft.begin, draft.stop):
        return "as_of"
    for rule, pattern in _REFUSED_BEFORE:
        if pattern.search(before):
            return rule
    if _NOT_DONE_AFTER.match(after):
        return "condition"
    if draft.last and draft.last <= scene.on and _DONE_AFTER.match(after):
        return "past"
    if draft.marked:
        return "launch" if before.endswith("將於") and _LAUNCH.match(after) else ""
    return _refusal_of_unmarked(draft, scene, before, after)


def _refusal_of_unmarked(draft: Draft, scene: Scene, before: str, after: str) -> str:
    if _TERM_BEFORE.search(before) or _TERM_AFTER.match(after):
        return "term"
    if _LAUNCH.match(after) and not _ORDER_AT_HAND.search(before):
        return "launch"
    if draft.last and draft.last < scene.on and (draft.kind is Kind.RANGE or scene.text[draft.begin] in _GONE_BY):
        return "past"
    return ""


def _is_plan(before: str) -> bool:
    return _PLAN.search(before) is not None and _ORDER.search(before) is None


def _plan(draft: Draft, after: str) -> tuple[Draft, bool]:
    """A plan to complete something keeps its date and is flagged; a plan that something happens is no deadline."""
    planned = replace(draft, flags=(*draft.flags, "plan"))
    if draft.marked or _DUE.match(after) or not _HAPPENING.match(after):
        return planned, False
    return _refuse(planned, "plan"), False


def _binds(draft: Draft, scene: Scene, before: str, after: str) -> bool:
    if not draft.label and _HANDED_IN.search(before) and _MEETING.match(after):
        return True
    if _LABELLED.search(before) or _LATEST.search(before) or _stands_alone(draft, scene):
        return True
    if _NAMED.match(after):
        return False
    due = _DUE.match(after)
    if draft.label:
        return (due is not None and due.end() <= 3) or _ORDER_AT_HAND.search(before) is not None
    return due is not None or _ORDER.search(before) is not None


def _stands_alone(draft: Draft, scene: Scene) -> bool:
    """Tell whether the text holds nothing but this expression, as a cell of a table does."""
    if draft.begin > _NEAR or len(scene.text) - draft.stop > _NEAR:
        return False
    rest = scene.text[draft.stop :]
    return _AT_START.fullmatch(scene.text, 0, draft.begin) is not None and not any(char.isalnum() for char in rest)


def _flag_past(draft: Draft, scene: Scene) -> Draft:
    if draft.last is None or draft.last >= scene.on or {"past", "impossible_date"} & set(draft.flags):
        return draft
    return replace(draft, flags=(*draft.flags, "past"))


def _refuse(draft: Draft, rule: str) -> Draft:
    """Turn a draft into no deadline, keeping the day it names."""
    day = draft.date
    if draft.kind is Kind.AMBIGUOUS and "past" in draft.flags:
        day = draft.candidates[0]
    flags = tuple(flag for flag in draft.flags if flag not in _DOUBTS_OF_DEADLINES)
    return replace(draft, kind=Kind.NOT_DEADLINE, rule=rule, date=day, flags=flags, candidates=())
