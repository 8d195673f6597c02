"""Figures of a report: how much is done, and how much is to be done."""

from __future__ import annotations

import pytest

from domain.figures import NO_FIGURES, Figures, read_figures, share


@pytest.mark.parametrize(
    ("said", "figures", "percent"),
    [
        ("已登錄 75 萬份", Figures("75 萬份"), None),
        ("目標 113.5 萬份,已登錄 75 萬份", Figures("75 萬份", "113.5 萬份"), 66),
        ("113.5萬份已登錄75萬", Figures("75 萬", "113.5 萬份"), 66),
        ("目標為100套,目前完成 40 套", Figures("40 套", "100 套"), 40),
        ("目標完成100套已完成25套", Figures("25 套", "100 套"), 25),
        ("目前已完成 3.5 公里,目標 7 公里", Figures("3.5 公里", "7 公里"), 50),
        ("累計完成1,200件", Figures("1,200 件"), None),
        ("12家中已查核 5 家", Figures("5 家", "12 家"), 41),
        ("已於12月5日完成 5 場次", Figures("5 場次"), None),
        ("如期完成 5 件", Figures("5 件"), None),
        ("目標 100 套,已採購 3 億元", Figures("3 億元", "100 套"), None),
        ("目標 0 件,已完成 5 件", Figures("5 件", "0 件"), None),
        ("已完成66%", Figures("66%"), None),
    ],
)
def test_figures_are_read_as_they_were_said(said: str, figures: Figures, percent: int | None) -> None:
    assert read_figures(said) == figures
    assert share(figures) == percent


@pytest.mark.parametrize(
    "said",
    [
        "",
        "已完成換文",
        "已於10月5日函請廠商",
        "預計完成 75 件",
        "尚未完成 20 件",
        "將於12月22日開標,預定採購 30 台",
        "11月底前完成 30 套",
        "請於 3 天前完成 20 件",
        "已採購 20 台,已安裝 5 台",
        "已發包 110 年度",
        "已辦理第3場次",
        "已簽奉核准(110-25 號)",
    ],
)
def test_what_is_to_come_or_doubtful_is_no_figure(said: str) -> None:
    assert read_figures(said) == NO_FIGURES
