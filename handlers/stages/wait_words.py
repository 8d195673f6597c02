"""How a wait is said, wherever its case is named."""

from __future__ import annotations

from domain.wait import Wait


def waiting_for(wait: Wait) -> str:
    """Say what a case waits for: 等 212-1 完成, 等：環評通過."""
    what = f"等 {wait.first} 完成" if wait.first else f"等：{wait.event}"
    return f"{what}，之後{wait.within}" if wait.within else what
