"""The help lines: one for each command, shown by 說明 and where a sentence did not fit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from handlers import ask_commands as asking
from handlers import change_commands as changing
from handlers import clock_commands, commands, review_commands, stage_commands
from handlers.commands import Command
from handlers.language.example_days import in_example


class Audience(StrEnum):
    """Who is shown a help line."""

    EVERYBODY = "everybody"
    STAFF = "staff"  # whoever has a role
    COORDINATOR = "coordinator"
    REVIEWER = "reviewer"  # a coordinator who has drafts to confirm


@dataclass(frozen=True, slots=True)
class Usage:
    """How a command is typed. `example` can be copied and sent once its days are filled in: `on`."""

    typed: str
    does: str
    example: str
    audience: Audience = Audience.EVERYBODY

    def on(self, today: date) -> str:
        """The example as it is shown on a day."""
        return in_example(self.example, today)


USAGES: dict[type[Command], Usage] = {
    commands.AskCase: Usage("案號", "看一案的期限、各單位進度與原文", "211-2"),
    commands.AskOpen: Usage("列管", "列管中的案件", "列管"),
    commands.AskUnit: Usage("單位名稱", "該單位列管中的案件", "資訊局"),
    commands.AskOverdue: Usage("逾期", "已逾期的案件", "逾期"),
    commands.AskMine: Usage("我的", "我單位列管中的案件", "我的", Audience.STAFF),
    commands.NextPage: Usage("下一頁", "接著看清單", "下一頁"),
    clock_commands.AskNextMeeting: Usage("下次會議", "下次會議的日期與尚未回報的單位", "下次會議"),
    clock_commands.AskContracts: Usage("契約", "列管中的契約，先到期的在前", "契約"),
    commands.AskReport: Usage("報表 會議 次別", "下次會議的執行情形彙整表", "報表"),
    asking.AskDue: Usage("今天／明天／本週／下週／本月／下月到期", "那段時間到期的案件", "本週到期"),
    asking.AskUnreported: Usage("未填報", "上次會議後還沒回報的案件與單位", "未填報"),
    asking.AskWaiting: Usage("待解列", "已申請解除列管、待主席裁示的案件", "待解列"),
    stage_commands.AskSleeping: Usage("等待中", "等別案或事項、暫不催辦的案件", "等待中"),
    asking.AskMeeting: Usage("上次會議", "上次會議決議列管的案件", "上次會議"),
    asking.AskOverview: Usage("總覽", "各單位列管、逾期、未填報件數", "總覽"),
    asking.Search: Usage("搜尋 關鍵字", "標題或原文含關鍵字的案件", "搜尋 換文"),
    asking.AskHistory: Usage("歷程 案號", "一案從開案到現在的變更", "歷程 211-2"),
    asking.AskSource: Usage("原文 案號", "會議紀錄怎麼寫", "原文 211-2"),
    commands.ReportProgress: Usage("回報 案號 辦理情形", "記錄辦理情形", "回報 212-5 已完成換文", Audience.STAFF),
    changing.ReportSeveral: Usage(
        "回報 案號、案號 辦理情形", "幾案一起回報", "回報 212-5、212-6 已完成換文", Audience.STAFF
    ),
    commands.RequestRelease: Usage("完成 案號", "辦理完成，申請解除列管", "完成 212-5", Audience.STAFF),
    commands.Decide: Usage("解除／賡續 案號 單位", "登錄主席裁示", "解除 211-2 捷運公司", Audience.COORDINATOR),
    changing.WithdrawRelease: Usage("撤回完成 案號", "撤回解除列管的申請", "撤回完成 212-5", Audience.STAFF),
    changing.AskExtension: Usage(
        "展期 案號 至 日期 因 理由", "期限前申請展期", "展期 212-5 至 {day} 因廠商交貨延誤", Audience.STAFF
    ),
    changing.ProposeTransfer: Usage(
        "改分 案號 給 單位", "不是本單位的案件，提議改分", "改分 212-5 給 法務局", Audience.STAFF
    ),
    changing.AnswerTransfer: Usage("接受改分／退回改分 案號 因 理由", "回覆改分", "接受改分 212-5", Audience.STAFF),
    changing.Acknowledge: Usage("收到 案號", "知道了，期限前不再提醒", "收到 212-5", Audience.STAFF),
    changing.ListProposals: Usage("待核", "看待核的展期與改分", "待核", Audience.STAFF),
    changing.AnswerExtension: Usage(
        "同意展期／不同意展期 案號 因 理由", "回覆展期申請", "同意展期 212-5", Audience.COORDINATOR
    ),
    changing.OpenCase: Usage(
        "新增 交辦內容", "新增列管案件", "新增 請資訊局於{month}底前完成契約延長", Audience.COORDINATOR
    ),
    changing.Appoint: Usage(
        "指派窗口／指派主管 單位", "取得新窗口的綁定碼（一對一）", "指派窗口 資訊局", Audience.COORDINATOR
    ),
    changing.RemoveContact: Usage("移除窗口 單位", "取消窗口的身分", "移除窗口 資訊局", Audience.COORDINATOR),
    changing.AskUnmanned: Usage("沒有窗口的案件", "看沒有人負責的案件", "沒有窗口的案件", Audience.COORDINATOR),
    changing.HandOver: Usage("交接", "把自己的案件交給接手的人（一對一）", "交接", Audience.STAFF),
    changing.ListContacts: Usage("窗口名單", "看各單位有沒有窗口", "窗口名單", Audience.STAFF),
    changing.EditCase: Usage(
        "修改 案號 標題／期限／加主辦／加協辦／刪單位 內容", "修改案件", "修改 212-5 期限 {day}", Audience.COORDINATOR
    ),
    changing.CloseCase: Usage(
        "合併 案號 併入 案號／停止／作廢 案號 因 理由", "不再單獨列管", "合併 212-5 併入 212-1", Audience.COORDINATOR
    ),
    commands.Undo: Usage("復原", "取消自己上一次的變更（管考幕僚可加 #編號）", "復原", Audience.STAFF),
    commands.Bind: Usage("綁定 綁定碼", "以管考幕僚給的一次性綁定碼登記身分", "綁定 ABCDE-FGHJK"),
    commands.BindGroup: Usage(
        "綁定本群／綁定會議 名稱", "讓本群看得到該會議的列管案件", "綁定會議 主任秘書會報", Audience.COORDINATOR
    ),
    commands.UnbindGroup: Usage("解除綁定", "本群不再顯示該會議的列管案件", "解除綁定", Audience.COORDINATOR),
    commands.AskQuota: Usage("額度", "本月推播還剩多少、不足時先停什麼", "額度", Audience.COORDINATOR),
    commands.WhoAmI: Usage("我是誰", "看自己的身分", "我是誰"),
    commands.Help: Usage("列管說明 主題", "可以用的指令", "列管說明"),
    review_commands.StartPasting: Usage("貼上", "分幾則貼會議紀錄，貼完輸入「讀完」", "貼上", Audience.COORDINATOR),
    review_commands.ShowDrafts: Usage("草稿", "看會議紀錄讀出的草稿", "草稿", Audience.COORDINATOR),
    review_commands.FinishPasting: Usage(
        "讀完 會議 次別", "讀出貼上的紀錄", "讀完 主任秘書會報 第212次", Audience.REVIEWER
    ),
    review_commands.ShowDraft: Usage("草稿 編號", "看一件草稿的原文與期限讀法", "草稿 3", Audience.REVIEWER),
    review_commands.EditDraft: Usage(
        "草稿 編號 標題／主辦／協辦／期限／等待／案號／併入／拆分／展開／刪除／恢復",
        "修改一件草稿",
        "草稿 3 期限 {day}",
        Audience.REVIEWER,
    ),
    review_commands.ShowDecisions: Usage("草稿 決定", "看前案解除與賡續的差異", "草稿 決定", Audience.REVIEWER),
    review_commands.SettleDecision: Usage(
        "草稿 決定 編號 套用／不套用／解除／賡續／單位", "處理一筆前案決定", "草稿 決定 2 不套用", Audience.REVIEWER
    ),
    review_commands.NameUnit: Usage(
        "草稿 單位 名稱 是／屬於／不屬於 單位",
        "說明紀錄寫的單位是誰",
        "草稿 單位 觀傳局 是 觀光傳播局",
        Audience.REVIEWER,
    ),
    review_commands.ShowColumns: Usage("欄位", "看清單的欄位各當作什麼", "欄位", Audience.REVIEWER),
    review_commands.SetColumn: Usage("欄位 編號 用途", "更正清單的欄位並重新讀取", "欄位 3 期限", Audience.REVIEWER),
    review_commands.ShowUnread: Usage("草稿 未讀", "看沒有讀懂的內容", "草稿 未讀", Audience.REVIEWER),
    review_commands.ConfirmDrafts: Usage("確認 編號", "開案並套用決定，可只確認幾件", "確認 1-5、8", Audience.REVIEWER),
    clock_commands.SetNextMeeting: Usage(
        "下次會議 日期", "設定下次會議日期，照這個日子催報", "下次會議 {day}", Audience.COORDINATOR
    ),
    clock_commands.OpenContract: Usage(
        "契約 名稱 單位 至日期 階段",
        "列管一件不可中斷的契約",
        "契約 智慧支付平台維護 資訊局 至{year} 後續擴充",
        Audience.COORDINATOR,
    ),
    clock_commands.SetStage: Usage("契約 案號 階段 名稱", "更新契約的階段", "契約 212-5 階段 議約", Audience.STAFF),
    clock_commands.AddMilestone: Usage(
        "里程碑 案號 日期 事項", "登錄預定的日子，前一個上班日提醒", "里程碑 212-5 {day} 開標", Audience.STAFF
    ),
    stage_commands.SetWait: Usage(
        "等待 案號 案號或事項", "別案完成或事項發生前不催辦", "等待 212-5 211-1", Audience.COORDINATOR
    ),
    stage_commands.Wake: Usage("喚醒 案號", "等的事項已發生，開始辦理", "喚醒 212-5", Audience.STAFF),
    stage_commands.TellEvent: Usage("案號 事項已發生", "同上，照等的事項寫", "212-5 環評已通過", Audience.STAFF),
    stage_commands.CancelWait: Usage("取消等待 案號", "不用等了，照常催辦", "取消等待 212-5", Audience.COORDINATOR),
    clock_commands.CloseDay: Usage(
        "停班 日期 縣市", "颱風停班，當天的提醒改到前後的上班日", "停班 {day} 臺北市", Audience.COORDINATOR
    ),
    clock_commands.ReopenDay: Usage("恢復上班 日期 縣市", "取消停班", "恢復上班 {day}", Audience.COORDINATOR),
    clock_commands.SetLadder: Usage(
        "提醒 案號 前…天／加密／一般",
        "設定一案在期限前幾個工作天提醒",
        "提醒 212-5 前14、7、3、1天",
        Audience.COORDINATOR,
    ),
    review_commands.DropDrafts: Usage("取消草稿", "放棄這份草稿", "取消草稿", Audience.REVIEWER),
}
