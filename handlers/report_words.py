"""What the 回報 button says where it opens no keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.case import Assignment, Case
from handlers.commands import CaseRef
from handlers.messages import Message
from handlers.phrases import name_of


def how_to_report(case: Case, lines: Sequence[Assignment], ref: CaseRef) -> Message:
    """Say how a report on a case is typed; of several lines each by its unit."""
    refs = [ref] if len(lines) == 1 else [replace(ref, within=(*ref.within, line.unit)) for line in lines]
    typed = [f"回報 {one} 已完成換文" for one in refs]
    text = [name_of(case), "請輸入辦理情形，或引用這則訊息直接寫。例如：", *typed]
    return Message(text="\n".join(text), case_ids=(case.id,))
