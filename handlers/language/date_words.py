"""The reading of a date expression in words: its rule, its doubts, what follows from them."""

from __future__ import annotations

from domain.calendar import roc
from domain.dates import Kind, Reading

RULES = {
    "after_holiday": "假期結束後第一個上班日",
    "as_of": "統計或資料的截止日，不是期限",
    "bare_day": "只寫日：會議當天起最近的那一天",
    "before_holiday": "假期開始前最後一個上班日",
    "budget_year": "年度名稱（預算、計畫），不是期限",
    "condition": "條件，不是期限",
    "day_from_meeting": "從會議當天算的日子",
    "day_of_month": "寫明的日期",
    "event": "等待事件，日期未定",
    "figures": "以數字寫明的日期",
    "half_year": "半年止於 6 月 30 日或 12 月 31 日",
    "horizon": "計畫的長短（短、中、長期），不是期限",
    "hour": "只寫時刻：會議當天",
    "identifier": "編號、案號、電話或金額，不是日期",
    "launch": "施行、上線或停止的日子，不是交辦期限",
    "mentioned": "只是提到的日子，沒有要求在這天前完成",
    "month": "整個月：止於月底",
    "month_part": "月份的一部分：上旬止於 10 日、月中為 15 日、中旬止於 20 日、月底為最後一日",
    "nth_week": "月份的第幾週：週一起算，第一週為當月第一個上班日所在的那一週",
    "nth_weekday": "月份的第幾個星期幾",
    "past": "已經過去的事",
    "period_after_event": "從事件起算的期間，起算日未定",
    "period_days": "始日不計，末日逢假日順延到下一個上班日（行政程序法第 48 條）",
    "period_months": "按月計算，該月無相當日時為月底（行政程序法第 48 條）",
    "plan": "預定進行的事，不是交辦期限",
    "range": "一段期間，以最後一日為準",
    "recurrence": "定期重複",
    "season": "一季：止於 3、6、9、12 月底",
    "start_only": "只有開始，沒有期限",
    "superseded": "原訂的日期，已另有安排",
    "term": "契約或任期的期間，不是交辦期限",
    "vague": "沒有寫日期",
    "week": "週一起算，止於該週最後一個上班日",
    "weekday": "週一起算的星期幾",
    "weekend": "週六、週日",
    "window": "一段過去或累計的期間，不是期限",
    "working_days": "工作天：始日不計，只算上班日（含補班）",
    "year": "整年：止於 12 月 31 日",
    "year_part": "年底為 12 月 31 日、年中為 6 月 30 日、年初為 1 月",
}
FLAGS = {
    "approximate": "用語只是大約，請確認日期",
    "bracket_disagrees": "括號內的數字與文字不一致",
    "day_off": "為放假日",
    "hour_only": "只寫時刻，視為會議當天",
    "impossible_date": "沒有這一天",
    "next_month": "本月這一天已過，視為下個月",
    "next_year": "沒有寫年，視為明年",
    "no_meeting_date": "紀錄沒有開會日期，無法推算",
    "not_before": "是最早的日子，不一定是期限",
    "past": "已經過去",
    "plan": "是預定的時程，不是交辦期限",
    "rolled": "末日為放假日，已順延",
    "several_dates": "一句有好幾個期限",
    "two_readings": "有兩種讀法",
    "weekday_disagrees": "日期與星期不符",
}
_OPENINGS = {
    Kind.RECURRENCE: "定期辦理",
    Kind.EVENT: "等待事件",
    Kind.VAGUE: "沒有日期",
    Kind.NOT_DEADLINE: "不是期限",
    Kind.AMBIGUOUS: "需要確認",
}


def explain(reading: Reading) -> str:
    """Say in one to four lines what was read, by which rule, and what is doubtful."""
    if reading.kind is Kind.NONE:
        return "沒有找到日期或期限。"
    lines = [_opening(reading), f"規則：{RULES[reading.rule]}。", *_doubts(reading)]
    return "\n".join(line for line in lines if line)


def _opening(reading: Reading) -> str:
    if reading.date and reading.kind is Kind.DATE:
        return f"期限 {_with_working_day(reading, roc(reading.date))}。"
    if reading.kind is Kind.RANGE and reading.start and reading.end:
        return f"期間 {_with_working_day(reading, f'{roc(reading.start)} 至 {roc(reading.end)}')}。"
    return f"{_OPENINGS[reading.kind]}：「{_one_line(reading.text)}」{_first(reading)}。"


def _with_working_day(reading: Reading, days: str) -> str:
    if "day_off" not in reading.flags or reading.last_working_day is None:
        return days
    off = f"{days} {FLAGS['day_off']}，最後上班日 {roc(reading.last_working_day)}"
    return f"{off}，順延後為 {roc(reading.effective)}" if reading.effective and "rolled" in reading.flags else off


def _first(reading: Reading) -> str:
    if reading.candidates:
        return "可能是 " + " 或 ".join(roc(day) for day in reading.candidates)
    return f"，從 {roc(reading.start)} 開始" if reading.kind is Kind.RECURRENCE and reading.start else ""


def _doubts(reading: Reading) -> list[str]:
    said = [FLAGS[flag] for flag in reading.flags if flag != "day_off"]
    if not said:
        return []
    either = " 或 ".join(roc(day) for day in reading.candidates) if reading.kind is Kind.DATE else ""
    return [f"請注意：{'；'.join(said)}{f'（{either}）' if either else ''}。"]


def _one_line(text: str) -> str:
    return " ".join(text.split())
