"""The wording about files that people send."""

from __future__ import annotations

from collections.abc import Sequence

from domain.errors import ContentFault
from handlers.messages import Message, noted
from handlers.phrases import short

NAME = 60  # characters of a file's name
FETCH_FAULTS = {
    ContentFault.GONE: "檔案已經過期或被收回，LINE 不再提供，請重新傳送一次。",
    ContentFault.TOO_LARGE: "檔案太大（上限 {megabytes} MB），讀不了。請拿掉附件和圖片，或分成幾個檔案再傳。",
    ContentFault.TRANSIENT: "LINE 暫時給不出這個檔案，試了幾次都沒有成功。請過幾分鐘再傳一次。",
    ContentFault.REFUSED: "LINE 拒絕提供這個檔案。請管理者檢查 LINE 頻道的 access token 設定，再重新傳送。",
}


def _about(name: str) -> str:
    return f"檔案「{short(name, NAME) or '（無檔名）'}」："


def not_taken() -> Message:
    """Tell somebody who is no coordinator who imports files, and what they can do."""
    return Message(text="檔案由管考幕僚匯入，這個檔案沒有讀。要回報請輸入文字，例如：\n回報 212-5 已完成換文")


def not_fetched(name: str, fault: ContentFault, limit: int) -> Message:
    """Say that LINE did not give the file, and what to do."""
    return Message(text=_about(name) + FETCH_FAULTS[fault].format(megabytes=limit // 2**20))


def not_readable(name: str, advice: str) -> Message:
    """Say why a file could not be read and what to do."""
    return Message(text=_about(name) + advice)


def broken(name: str) -> Message:
    """Apologise for an error of the bot's own: nothing was changed."""
    return Message(
        text=_about(name) + "處理時發生問題，沒有任何變更。請再傳一次，或把文字直接貼上；若仍不行請告知系統管理者。"
    )


def without_heading(name: str) -> Message:
    """Say that minutes too long to be kept do not name their meeting."""
    return Message(
        text=_about(name) + "看不出是哪個會議或第幾次，內容又太長，沒有保留。請在檔案開頭寫上會議名稱與次別，再傳一次。"
    )


def with_remarks(answer: Message, remarks: Sequence[str]) -> Message:
    """Add to an answer what of the file was not read."""
    if not remarks:
        return answer
    return noted(answer, "\n".join(["關於檔案：", *(f"・{said}" for said in remarks)]))
