"""The 執行情形彙整表 of the next meeting: .odt, .docx, .xlsx and LINE text out, the ticked file back in."""
