"""The help lines: one for each command, shown by 說明 and where a sentence did not fit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from handlers import commands
from handlers.commands import Command


class Audience(StrEnum):
    """Who is shown a help line."""

    EVERYBODY = "everybody"
    STAFF = "staff"  # whoever has a role
    COORDINATOR = "coordinator"


@dataclass(frozen=True, slots=True)
class Usage:
    """How a command is typed. `example` can be copied and sent as it stands."""

    typed: str
    does: str
    example: str
    audience: Audience = Audience.EVERYBODY


USAGES: dict[type[Command], Usage] = {
    commands.AskCase: Usage("案號", "看一案的期限、各單位進度與原文", "211-2"),
    commands.AskOpen: Usage("列管", "列管中的案件", "列管"),
    commands.AskUnit: Usage("單位名稱", "該單位列管中的案件", "資訊局"),
    commands.AskOverdue: Usage("逾期", "已逾期的案件", "逾期"),
    commands.AskMine: Usage("我的", "我單位列管中的案件", "我的", Audience.STAFF),
    commands.NextPage: Usage("下一頁", "接著看清單", "下一頁"),
    commands.ReportProgress: Usage("回報 案號 辦理情形", "記錄辦理情形", "回報 212-5 已完成換文", Audience.STAFF),
    commands.RequestRelease: Usage("完成 案號", "辦理完成，申請解除列管", "完成 212-5", Audience.STAFF),
    commands.Decide: Usage("解除／賡續 案號 單位", "登錄主席裁示", "解除 211-2 捷運公司", Audience.COORDINATOR),
    commands.Undo: Usage("復原", "取消自己上一次的變更", "復原", Audience.STAFF),
    commands.Bind: Usage("綁定 綁定碼", "以管考幕僚給的一次性綁定碼登記身分", "綁定 ABCD-EFGH"),
    commands.BindGroup: Usage(
        "綁定本群／綁定會議 名稱", "讓本群看得到該會議的列管案件", "綁定會議 主任秘書會報", Audience.COORDINATOR
    ),
    commands.UnbindGroup: Usage("解除綁定", "本群不再顯示該會議的列管案件", "解除綁定", Audience.COORDINATOR),
    commands.WhoAmI: Usage("我是誰", "看自己的身分", "我是誰"),
    commands.Help: Usage("列管說明", "可以用的指令", "列管說明"),
}
