from __future__ import annotations

from dataclasses import replace

import pytest

from domain.grams import bigrams, runs
from domain.ports import Store
from tests.storage.office import add_case, numbers, office


def find(store: Store, *words: str, series: tuple[int, ...] = (1,), limit: int = 9, offset: int = 0) -> list[str]:
    found = store.read(lambda uow: uow.survey.search(series, words, limit=limit, offset=offset))
    return numbers(found)


@pytest.fixture(autouse=True)
def _cases(store: Store) -> None:
    office(store)
    add_case(store, "211-1", title="智慧支付平台契約延長", sentence="請資訊局務必於9月底前完成契約\n延長換文。")
    add_case(store, "211-2", title="換文", sentence="請法務局就契約、延長事宜提供意見（CVE-2021-40444）。")
    add_case(store, "10601", series_id=2, title="契約延長", sentence="另一會議。")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("換文",), ["211-2", "211-1"]),  # the newest first
        (("契約延長",), ["211-1"]),  # 契約、延長 is no 契約延長
        (("契約", "延長"), ["211-2", "211-1"]),
        (("契約", "換文", "支付"), ["211-1"]),
        (("長換",), ["211-1"]),
        (("平台換",), []),
        (("cve",), ["211-2"]),
        (("ＣＶＥ－２０２１",), ["211-2"]),
        (("沒有這個詞",), []),
        (("文",), []),
        (("、。",), []),
        (('" OR grams:"換文',), []),
        ((), []),
    ],
)
def test_cases_are_found_by_all_of_the_words(store: Store, words: tuple[str, ...], found: list[str]) -> None:
    assert find(store, *words) == found


def test_only_the_series_asked_for_are_searched(store: Store) -> None:
    assert find(store, "契約延長", series=(2,)) == ["10601"]
    assert find(store, "契約延長", series=(1, 2)) == ["10601", "211-1"]
    assert find(store, "契約延長", series=()) == []


def test_found_cases_come_in_pages(store: Store) -> None:
    assert [find(store, "契約", limit=1, offset=offset) for offset in range(3)] == [["211-2"], ["211-1"], []]


def test_a_changed_case_is_found_by_its_new_words_only(store: Store) -> None:
    case = store.read(lambda uow: uow.cases.by_number([1], "211-2")[0])

    store.write(lambda uow: uow.cases.save_case(replace(case, title="議約", sentence="請議約。"), next_look_at=None))

    assert (find(store, "議約"), find(store, "換文")) == (["211-2"], ["211-1"])


def test_a_text_is_cut_into_runs_and_their_pairs() -> None:
    assert runs("請資訊局，於 9月底 前ＡＢ；乙") == ["請資訊局", "9月底前ab"]
    assert bigrams("契約延長") == ["契約", "約延", "延長"]
