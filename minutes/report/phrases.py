"""The wording of the report, and the words by which a filled one is recognised."""

from domain.case import Duty

TITLE = "{series}第{ordinal}次會議　上次會議結論事項執行情形彙整表"
TITLE_WITHOUT_ORDINAL = "{series}　上次會議結論事項執行情形彙整表"
SHEET_NAME = "執行情形彙整表"
HELD_ON = "開會日期：{day}"
MADE_ON = "製表日期：{day}"
COUNTS = "列管 {cases} 案 {lines} 分辦"
COUNTS_RELEASE = "請求解除列管 {count}"
COUNTS_SILENT = "未填報 {count}"
COUNTS_OVERDUE = "逾期 {count} 案"
EMPTY = "目前沒有列管中的案件。"
HOW_TO_TICK = "註：請於「解除列管」或「繼續列管」擇一欄，將 □ 改為 ■（或在旁打 V）；兩欄都沒有勾選者，視為尚未決定。"

NUMBER = "編號"
MATTER = "案由及承辦單位"
DEADLINE = "期限"
PROGRESS = "辦理情形"
RELEASE = "解除列管"
CONTINUE = "繼續列管"

BOX = "□"
DUTY = {Duty.LEAD: "（主辦）", Duty.SUPPORT: "（協辦）"}
AGE = "已列管 {count} 次會議"
NO_DEADLINE = "未定日期"
DEADLINE_WORDS = "「{words}」"
OVERDUE = "已逾期 {days} 天"
CONTINUED = "（續）"
NOT_REPORTED = "未填報"
SILENT = "未填報：{units}"
FIGURES = "進度 {actual}／{target}"
FIGURES_SHARE = "（{percent}%）"
FIGURES_ACTUAL = "已達 {actual}"
FIGURES_TARGET = "目標 {target}"
PLANNED = "預定 {day} {text}"
PLANNED_MORE = "另有 {count} 個預定日"
ASKS_RELEASE = "請求解除列管"

PAGE = ("第 ", " 頁，共 ", " 頁")
CUT_CELL = "…（全文過長，請見文件檔）"

CHAT_HEAD = "【{series}{ordinal}】執行情形彙整表"
CHAT_ORDINAL = "第{ordinal}次會議"
CHAT_CASE = "【{number}】{title}"
CHAT_DEADLINE = "期限：{deadline}"
CHAT_LINE = "・{unit}{duty}：{says}"
CHAT_OF_UNIT = "　{says}"
CHAT_MORE = "另有 {count} 案未列出，請看彙整表檔案。"
ELLIPSIS = "…"

# Headings of a filled report, as offices write them; width and blanks are folded before they are compared.
NUMBER_HEADINGS = frozenset({"編號", "列管編號", "列管案號", "案號", "案件編號"})
MATTER_HEADINGS = frozenset({"案由及承辦單位"})
UNIT_HEADINGS = frozenset({"承辦單位", "主辦單位", "單位", "辦理單位", "權責單位"})
RELEASE_HEADINGS = frozenset({"解除列管", "解除追蹤", "解列", "結案", "同意解除列管", "建議解除列管"})
CONTINUE_HEADINGS = frozenset({"繼續列管", "賡續列管", "持續列管", "續管", "續列管", "持續追蹤"})

# What people write into a tick box. A sure mark may have a remark beside it; a weak one stands alone. The private-use
# characters are those of Wingdings, by which Word inserts ticks.
EMPTY_BOXES = "□☐▢◻◽⬜❏❑❒⎕\uf06f\uf071\uf0a8\uf0a3"
EMPTY_BOX_LOOKALIKE = "口"
SURE_MARKS = "■☑☒✔✓✅☓▣◼◾⬛✗✘🗹🗸√勾\uf0fe\uf0fd\uf0fc\uf0fb\uf052\uf054"
CARON_AS_TICK = "ˇ"
WEAK_MARKS = frozenset("vxo○◯〇●◎×╳ㄨ乂y1是有可") | {"yes", "ok", "true", "打勾", "勾選", "同意"}
NOT_MARKS = frozenset({"否", "無", "免", "n", "no", "0", "false", "/", "一"})
DOUBTFUL_IN_REMARK = ("不", "否", "未", "非", "勿", "免", "暫", "待", "俟", "部分", "僅")
COLUMN_WORDS = {
    "release": ("解除列管", "解除", "解列"),
    "continue": ("繼續列管", "賡續列管", "持續列管", "繼續", "賡續", "續管"),
}
