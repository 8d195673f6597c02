"""Sentences for people: why a file could not be read and what to do, and what was left out of one that could."""

from __future__ import annotations

from minutes.formats.model import Note, NoteKind, Reason, Unreadable

_RESAVE = "請用 Word 或 LibreOffice 開啟後，另存新檔為 .docx 或 .odt 再傳一次。"

REASONS: dict[Reason, str] = {
    Reason.EMPTY: "這個檔案裡沒有文字。請確認傳的是會議紀錄的完整檔案。",
    Reason.TOO_LARGE: "這個檔案太大，讀不了。請拿掉附件和圖片、只留會議紀錄本文，或分成幾個檔案再傳。",
    Reason.TOO_SLOW: f"這個檔案讀太久，已經停止。{_RESAVE}還是不行的話，請把文字複製起來直接貼上。",
    Reason.ZIP_BOMB: f"這個檔案解壓縮後異常地大，為安全起見不讀。{_RESAVE}",
    Reason.UNSAFE_XML: f"這個檔案的內部結構異常，為安全起見不讀。{_RESAVE}",
    Reason.ENCRYPTED: "這個檔案有密碼保護。請先用原程式開啟、取消密碼後另存新檔，再傳一次。",
    Reason.SCANNED_PDF: "這個 PDF 是掃描的圖片，裡面沒有文字。請傳原始的 .docx 或 .odt，或先做文字辨識（OCR）再傳。",
    Reason.GARBLED_PDF: "這個 PDF 的文字層是亂碼。請傳原始的 .docx 或 .odt，或把文字複製起來確認後直接貼上。",
    Reason.DAMAGED: f"這個檔案壞了或不完整。請重新下載或向原單位再要一次。若在電腦上打得開，{_RESAVE}",
    Reason.WRONG_FORMAT: "副檔名和內容不符：內容其實是 {detail}。請把副檔名改成 .{detail} 再傳，或用原程式另存新檔。",
    Reason.UNSUPPORTED: (
        "讀不了這種檔案。會議紀錄請用 .docx、.odt、有文字的 .pdf 或 .txt；列管清單請用 .xlsx、.ods 或 .csv。"
    ),
    Reason.UNKNOWN_ENCODING: "認不出這個文字檔的編碼。請用記事本開啟，另存新檔時把編碼選成 UTF-8，再傳一次。",
}

UNSUPPORTED: dict[str, str] = {
    "doc": f"這是舊版 Word 檔（.doc），讀不了。{_RESAVE}",
    "rtf": f"這是 RTF 檔，讀不了。{_RESAVE}",
    "xls": "這是舊版 Excel 檔（.xls），讀不了。請用 Excel 或 LibreOffice 開啟後，另存新檔為 .xlsx 或 .ods 再傳一次。",
    "presentation": "這是簡報檔，讀不了。請把會議紀錄存成 .docx、.odt 或 .pdf 再傳。",
    "hwp": f"這是 HWP 檔，讀不了。{_RESAVE}",
    "html": f"這是網頁格式的檔案（有些系統會存成 .doc），讀不了。{_RESAVE}",
    "xml": f"這是 XML 檔，讀不了。{_RESAVE}",
    "image": "這是圖片，讀不到裡面的字。請傳原始的 .docx 或 .odt，或把文字直接貼上。",
    "archive": "這是壓縮檔。請先解壓縮，再把裡面的會議紀錄傳過來。",
    "sheet": "這是試算表，不是會議紀錄。要匯入現有的列管清單，請改用清單匯入；會議紀錄請用 .docx、.odt、.pdf 或 .txt。",
    "document": "這是文件，不是試算表。要匯入列管清單請用 .xlsx、.ods 或 .csv；會議紀錄請改用會議紀錄匯入。",
}

NOTES: dict[NoteKind, str] = {
    NoteKind.PAGE_FURNITURE: "每頁重複的頁首、頁尾或頁碼沒有算進內文：{detail}",
    NoteKind.PAGES_WITHOUT_TEXT: "第 {detail} 頁沒有文字（可能是掃描頁或空白頁），請對照原檔。",
    NoteKind.UNREADABLE_CHARACTERS: "有 {detail} 個字讀不出來（可能是造字），以「\ufffd」表示，請對照原檔。",
    NoteKind.PICTURES: "文件裡有 {detail} 張圖片，圖片裡的字沒有讀。",
    NoteKind.NOTES_LEFT_OUT: "有 {detail} 則註腳或註解沒有算進內文。",
    NoteKind.DELETIONS_LEFT_OUT: "追蹤修訂中已刪除的文字（{detail} 處）沒有算進內文；新增的算。",
    NoteKind.HIDDEN_LEFT_OUT: "有 {detail} 處隱藏文字沒有算進內文。",
    NoteKind.EMBEDDED_LEFT_OUT: "文件裡嵌了 {detail} 個別的檔案，沒有讀。",
}


def advice(refusal: Unreadable) -> str:
    """Say why the file was refused and what to do."""
    if refusal.reason is Reason.UNSUPPORTED:
        return UNSUPPORTED.get(refusal.detail, REASONS[Reason.UNSUPPORTED])
    return REASONS[refusal.reason].format(detail=refusal.detail)


def remark(note: Note) -> str:
    """Word a note on a document that was read."""
    return NOTES[note.kind].format(detail=note.detail)
