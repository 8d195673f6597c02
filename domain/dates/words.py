"""Expressions without a day: identifiers that look like dates, events waited for, vague words."""

from __future__ import annotations

import re

from domain.dates.draft import Draft, Scene
from domain.dates.reading import Kind
from domain.dates.vocabulary import HAPPENINGS

IDENTIFIER = re.compile(
    r"[A-Za-z]{2,8}-[0-9]{2,4}-[0-9]{1,7}"
    r"|(?:案號|編號|文號|字號|序號|單號|代號|帳號|統編|統一編號|學號|票號|契約號|標案|電話|手機|傳真|分機|專線)(?:為|:|是|第|碼|號|\(|NO\.?|no\.?){0,3}[0-9A-Za-z][0-9A-Za-z-]{2,}"
    r"|[字第][0-9]{5,}-?[0-9]*號?"
    r"|(?<![0-9A-Za-z./-])0[0-9]{1,2}-?[0-9]{3,4}-[0-9]{3,4}(?![0-9])|(?<![0-9A-Za-z./-])09[0-9]{2}-?[0-9]{3}-?[0-9]{3}(?![0-9])"
    r"|(?<![0-9A-Za-z./-])(?<![0-9]:)[1-9][0-9]{1,2}-[0-9]{1,2}(?![0-9./-]|[月日年]|:[0-9])"
    r"|(?<![0-9.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![0-9.])"
    r"|(?:NT)?\$[0-9][0-9,.]*|(?<![0-9,.])[0-9]{5,}(?=元|萬|億|人|件|筆|份|戶|輛)"
)

_NOT_AFTER = r"(?![往置瞻段項述揭端後景途任身例者])"
_COUNT = r"[0-9一二三四五六七八九十]{1,3}個?(?:工作)?[日天週月]"
EVENT = re.compile(
    rf"(?:(?:於|在)?(?:下一?[次回屆場]|次一?[次回])(?:(?:的|之)?[^,。;、]{{0,8}}?"
    rf"(?:會議|會報|例會|大會|委員會|月會|會勘|評選|會(?![議報勘]))|(?![的之]))(?:召開|開會)?[時中前上]?(?:{_COUNT})?)"
    rf"|(?:本|該|這)?[次屆]?會期(?:內|(?:結束|休會)(?:之|以)?前|前{_NOT_AFTER})"
    rf"|(?:於|在)(?=[^,。;0-9]{{2,16}}前)[^,。;0-9]{{0,14}}?(?:{HAPPENINGS})(?:結束|開始|完成|召開)?(?:之|以)?前{_NOT_AFTER}"
    rf"|(?:{HAPPENINGS}){{1,2}}(?:(?:之|以)?後(?![續備勤疫])(?![的之])|{_COUNT}(?:之|以)?前{_NOT_AFTER}"
    rf"|(?:之|以|開始|召開)?前{_NOT_AFTER}(?:{_COUNT})?)"
    r"|(?:奉核|簽准|[會事])(?:之|以)?後(?![續備勤疫])(?![的之])"
)
WAITING = re.compile(
    r"(?:俟|(?<![期等亟尚有招接對優款])待(?!遇|辦|解|級|命|補|改|確認事))[^,。;]{1,30}?(?:後(?!續)|再(?![生造度次])|始|方(?=[得可能]))"
)
VAGUE = re.compile(
    r"(?:儘|從)[速快早]|及早|趕快|儘可能於短期|近日內?|近期內?|數日內|近幾[日天]|短期間?內|短時間內|限期(?![0-9內])|適時|適當時機|即時(?!追蹤|資訊|訊息|通訊|獎勵|影像|監|性|同步|口譯|更新率)|立即|立刻|即刻|馬上"
    r"|早日|不日|擇[期日]|另訂期|另行(?:訂|通知|擇)|隨時|定期(?!存|契約|會議|保險)|從速|火速|迅[即速]|速即|即日(?=辦|完|改|處|提|$|,)|有空時|日後|會後(?!續)"
)


def identifier(match: re.Match[str], scene: Scene) -> Draft | None:
    """Read numbers that name something, so that no date is found in them."""
    return Draft(Kind.NOT_DEADLINE, match.start(), match.end(), "identifier", dated=False)


def event(match: re.Match[str], scene: Scene) -> Draft | None:
    """Read something waited for; its day is not known at the meeting."""
    return Draft(Kind.EVENT, match.start(), match.end(), "event", event="", dated=False)


def vague(match: re.Match[str], scene: Scene) -> Draft | None:
    """Read words that hurry without a date."""
    return Draft(Kind.VAGUE, match.start(), match.end(), "vague", dated=False)
