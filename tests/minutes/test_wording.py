"""Ways of naming units and days, each found in minutes that the rules had not met: one test per cause."""

from __future__ import annotations

from datetime import date

import pytest

from domain.calendar import WorkCalendar
from minutes.model import Draft, Minutes
from minutes.parse import parse

HELD_ON = date(2024, 5, 7)


def read(conclusion: str, *, head: str = "某局第37次會議紀錄") -> Minutes:
    return parse(f"{head}\n決議：\n{conclusion}", calendar=WorkCalendar(), held_on=HELD_ON)


def parties(drafts: tuple[Draft, ...]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return [(draft.lead, draft.support) for draft in drafts]


@pytest.mark.parametrize(
    ("conclusion", "lead", "support"),
    [
        pytest.param("成績登錄，任課教師請於7月3日前完成（註冊組）。", "任課教師", ("註冊組",), id="subject-of-clause"),
        pytest.param("長照司（第二科）於一週內研提草案。", "長照司", (), id="part-in-brackets"),
        pytest.param("照明故障8處，限物業公司一週內修復。", "物業公司", (), id="limit-and-counted-places"),
        pytest.param("契約範本由經發局主責、法制局協審，2個月內頒布。", "經發局", ("法制局",), id="reviews-too"),
        pytest.param(
            "請委外廠商於下次會議前完成修補，資訊處複測。", "委外廠商", ("資訊處",), id="tests-again-is-support"
        ),
        pytest.param(
            "本案由社會課主政，地籍部分請民政課協助套圖，4月前簽報。", "社會課", ("民政課",), id="main-and-help"
        ),
        pytest.param("管理系統（資訊室）：新增行動查詢功能，9月底前上線測試。", "資訊室", (), id="bracket-of-topic"),
        pytest.param("改選作業，權責單位：灌溉組，請於年底前辦竣。", "灌溉組", (), id="attribute-in-the-sentence"),
        pytest.param(
            "一、號誌時制調整。【主辦：交通局】【協辦：警察局】", "交通局", ("警察局",), id="attributes-in-brackets"
        ),
        pytest.param("人事室會主計室評估汰換。", "人事室", ("主計室",), id="together-with"),
        pytest.param("環化課查明原因。", "環化課", (), id="longer-verb-than-saying"),
        pytest.param("由感染科主責，藥學部、資訊部共同協助建置。", "感染科", ("藥學部", "資訊部"), id="help-together"),
        pytest.param("垃圾車汰換案，環保局邀財政處研議財源。", "環保局", ("財政處",), id="invites"),
        pytest.param("志工招募由教育組規劃，請人事室提供法規諮詢。", "教育組", ("人事室",), id="advises"),
        pytest.param("物料課同步檢討計價扣款。", "物料課", (), id="at-the-same-time"),
        pytest.param("各科執行率未達60%者，下次會議提出說明。", "各科", (), id="whoever-of-a-group"),
        pytest.param("請各科依意見修正，並由計畫處統一彙送。", "各科", ("計畫處",), id="collects-what-others-hand-in"),
        pytest.param("由車務科完成簽核，並請會計室配合編列。", "車務科", ("會計室",), id="helper-joined-by-please"),
        pytest.param(
            "公告稿請總務組研擬，由職安處審閱後公告。", "總務組", ("職安處",), id="reads-before-it-is-published"
        ),
        pytest.param("請感控室列冊，由各單位主管督導於5月底前完成。", "感控室", ("各單位主管",), id="oversees-until"),
        pytest.param(
            "水溝清淤6月15日前做完，建設課如果人力不夠，清潔隊要支援。", "建設課", ("清潔隊",), id="needs-help"
        ),
        pytest.param("防火管理人請於5月底前演練，保全公司配合。", "防火管理人", ("保全公司",), id="subject-and-helper"),
        pytest.param("逾期戶數增加，財政課逐戶清查原因。", "財政課", (), id="adverb-before-the-verb"),
        pytest.param("交通隊於5月31日前彙整成果報局。", "交通隊", (), id="name-that-begins-like-a-verb"),
        pytest.param("請城市暨觀光發展處擇一活動試辦。", "城市暨觀光發展處", (), id="joining-word-in-a-name"),
        pytest.param("請本局養護工程處回復數量。", "養護工程處", (), id="own-part"),
        pytest.param("37-2案檢驗科部分，請於5月15日前補齊。", "檢驗科", (), id="share-as-subject"),
        pytest.param("支持衛生福利部所提指引，請參酌意見修正。", "衛生福利部", (), id="whose-paper"),
        pytest.param("請召委擇日邀集專家會勘。", "召委", (), id="vague-word-is-no-name"),
        pytest.param("資訊組要求廠商徹底檢修。", "資訊組", (), id="who-requires-is-asked"),
        pytest.param("三樓冷氣滴水，行政組在連假前處理好。", "行政組", (), id="spoken-limit"),
        pytest.param("受贈圖書的整理，採編組訂一個原則。", "採編組", (), id="spoken-verb"),
        pytest.param("請改良場提供資料，並與推廣組核對班訪時段。", "改良場", ("推廣組",), id="with-a-partner"),
        pytest.param("由本處各工作站加派人員巡水。", "各工作站", (), id="own-group"),
        pytest.param("請巡守隊長列出數量。", "巡守隊長", (), id="chief-of-a-known-unit"),
        pytest.param("由教務處安排場次，講師請特教組協助聘請。", "教務處", ("特教組",), id="helper-behind-a-topic"),
        pytest.param("動線由推廣課安排，改良課、研究室各派1人支援。", "推廣課", ("改良課", "研究室"), id="each-sends"),
        pytest.param("總務組行文警察分局。", "總務組", (), id="writes-to-another"),
        pytest.param("管理室即日起加強門禁。", "管理室", (), id="from-now-on"),
        pytest.param("請檢討班次。（觀光處主辦；警察局協辦）", "觀光處", ("警察局",), id="role-behind"),
        pytest.param("交通車請總務處協助輔導室重新招標。", "輔導室", ("總務處",), id="whose-work-is-helped"),
        pytest.param("施政報告各單位稿件請於5月28日前送出。", "各單位", (), id="due-from-each-of-a-group"),
        pytest.param("各處室行事曆請於8月底前交教務處彙整。", "各處室", ("教務處",), id="collector-behind-交"),
        pytest.param("各部科於9月20日前提報主題，品管中心彙整後送核。", "各部科", ("品管中心",), id="collector-acts"),
        pytest.param("各實驗室物品請於6月20日前移除，逾期由系辦清理。", "各實驗室", (), id="what-happens-otherwise"),
        pytest.param("各實驗室物品請於6月20日前移除，逾期視同廢棄，由系辦清運。", "各實驗室", (), id="or-else"),
        pytest.param("請施工廠商於7日內提送計畫，由公管中心核定。", "施工廠商", ("公管中心",), id="approves"),
        pytest.param("物管從6月1日起拍照蒐證。", "物管", (), id="from-a-day-on"),
        pytest.param("請農業及建設課先行派工修剪。", "農業及建設課", (), id="verb-inside-a-name"),
        pytest.param("請廢管科督同系統廠商於兩週內排除。", "廢管科", (), id="acts-through-another"),
        pytest.param("冷氣電費，下次行政會報請總務處提具體作法。", "總務處", (), id="meeting-before-please"),
        pytest.param("尚未完成之清淤應全數於汛期前完成。（水利處）", "水利處", (), id="duty-with-a-bracket"),
    ],
)
def test_units_are_read_from_wording(conclusion: str, lead: str, support: tuple[str, ...]) -> None:
    assert parties(read(conclusion).drafts) == [((lead,), support)]


@pytest.mark.parametrize(
    ("conclusion", "lead", "consulted"),
    [
        ("請環衛科洽衛生局核對後更新。", ("環衛科",), ("衛生局",)),
        ("總務處洽里長協調。", ("總務處",), ("里長",)),
        ("裁判名單請裁判組提出，並與競賽組協調工作分配。", ("裁判組",), ("競賽組",)),
    ],
)
def test_who_is_only_agreed_with_is_consulted(
    conclusion: str, lead: tuple[str, ...], consulted: tuple[str, ...]
) -> None:
    assert [(d.lead, d.support, d.consulted) for d in read(conclusion).drafts] == [(lead, (), consulted)]


@pytest.mark.parametrize(
    ("conclusion", "lead", "support"),
    [
        ("請學務處與總務處研商降溫方式。", ("學務處", "總務處"), ()),
        ("救護站請衛生局跟消防局再確認人力。", ("衛生局", "消防局"), ()),
        ("請活動組與輔導室聯繫。", ("活動組",), ("輔導室",)),
    ],
)
def test_units_joined_by_and_share_the_work(conclusion: str, lead: tuple[str, ...], support: tuple[str, ...]) -> None:
    assert parties(read(conclusion).drafts) == [(lead, support)]


@pytest.mark.parametrize("due", ["8月21日放學前交齊", "8月21日竣工日不得展延"])
def test_day_that_binds(due: str) -> None:
    (draft,) = read(f"請總務處盯緊進度，{due}。").drafts

    assert draft.deadline is not None
    assert draft.deadline.deadline == date(2024, 8, 21)


def test_helpers_may_stand_in_brackets_behind_the_lead_of_a_row() -> None:
    table = "項次|決議內容|權責單位|預計完成日\n1|辦理補訓|資訊科（協辦：測量科、地價科）|113/12/20"

    assert parties(read(table).drafts) == [(("資訊科",), ("測量科", "地價科"))]


@pytest.mark.parametrize(
    ("conclusion", "deadline"),
    [
        pytest.param(
            "工務組於3個工作天內會勘，8月底前完成搶修。", date(2024, 8, 31), id="day-of-completion-before-others"
        ),
        pytest.param(
            "九月底前全數清查完畢，疑義由保險股函請查復。", date(2024, 9, 30), id="day-in-front-of-everything"
        ),
        pytest.param(
            "企劃科於十一月上旬完成問卷，十二月底前提出報告。", date(2024, 12, 31), id="last-of-several-completions"
        ),
        pytest.param("由教育組規劃；簡章最晚7月1日公告。", date(2024, 7, 1), id="day-behind-semicolon"),
        pytest.param("各部主任須於12月第一個週五前回復。", date(2024, 12, 6), id="nth-weekday"),
        pytest.param("請土開科於11月中\n旬前完成。", date(2024, 11, 20), id="broken-in-the-word"),
        pytest.param("備料延遲，請材料課催交。（材料課）9/30", date(2024, 9, 30), id="day-behind-closing-bracket"),
        pytest.param("備料延遲，請材料課催交。（材料課、9/30）", date(2024, 9, 30), id="day-in-closing-bracket"),
        pytest.param("請工務組於屆滿前60日完成招標。", None, id="counted-back-from-an-event"),
        pytest.param("警報解除後，請清潔隊於3日內完成消毒。", None, id="counted-from-a-clause"),
        pytest.param("作物課務必本月15日定稿付印。", date(2024, 5, 15), id="day-behind-must"),
        pytest.param("請義工隊長排定輪值表，五月底交執行幹事。", date(2024, 5, 31), id="day-of-handing-over"),
        pytest.param("請灌溉股於供水7日前函知各小組。", None, id="days-before-an-event"),
        pytest.param("請人事處於21時30分前對外發布。", date(2024, 5, 7), id="hour-alone"),
        pytest.param("請圖資處修正，並提送6月4日行政會議審議。", date(2024, 6, 4), id="day-of-the-meeting-it-goes-to"),
        pytest.param("請圖資處修正後提6月份行政會議討論。", None, id="month-of-a-meeting"),
        pytest.param("請圖資處於6月第2週內完成測試。", date(2024, 6, 14), id="nth-week"),
    ],
)
def test_deadline_is_read_from_wording(conclusion: str, deadline: date | None) -> None:
    drafts = read(conclusion).drafts

    assert [draft.deadline and draft.deadline.deadline for draft in drafts] == [deadline]


@pytest.mark.parametrize(
    "conclusion",
    [
        "不同意設置。",
        "爾後施工影響供水者，均應於七日前公告。",
        "敦親睦鄰活動，總務組規劃完善，值得嘉許。",
        "推派常務委員D為家長代表。",
    ],
)
def test_refusal_or_standing_rule_is_no_order(conclusion: str) -> None:
    assert read(conclusion).drafts == ()


@pytest.mark.parametrize(
    ("conclusion", "leads"),
    [
        ("由閱覽組公告，行政組製作提示牌。", [("閱覽組", "行政組")]),
        ("請巡守隊長列出數量，總幹事向警察局爭取。", [("巡守隊長", "總幹事")]),
        ("請學務處徵詢意見，所需費用請總務處洽教育局補助。", [("學務處", "總務處")]),
        ("由閱覽組公告；行政組製作提示牌。", [("閱覽組",), ("行政組",)]),
        ("請第一分局加強取締，交通隊於5月31日前彙整成果。", [("第一分局",), ("交通隊",)]),
        ("請工務局清查路樹，請環保局清運。", [("工務局",), ("環保局",)]),
    ],
)
def test_next_steps_in_one_breath_are_lines_of_one_case(conclusion: str, leads: list[tuple[str, ...]]) -> None:
    assert [draft.lead for draft in read(conclusion).drafts] == leads


def test_two_orders_to_one_unit_stay_two_where_the_second_has_its_own_day() -> None:
    found = read("工務局應於5月底前清查路樹，另請工務局於6月底前提報修剪計畫。")

    assert [draft.deadline and draft.deadline.deadline for draft in found.drafts] == [
        date(2024, 5, 31),
        date(2024, 6, 30),
    ]


def test_ruling_with_the_title_of_who_gives_it_is_no_text_of_its_own() -> None:
    found = read("主任裁示：請總務組估價。")

    assert ([draft.lead for draft in found.drafts], found.unread) == ([("總務組",)], ())


def test_items_with_own_numbers_keep_their_attributes_apart() -> None:
    found = read("37-1 請台電公司提送計畫。\n37-2 號誌調整：\n主辦單位：交通局\n期限：6/8\n37-3 請環保局抽測。")

    assert [(d.lead, d.deadline and d.deadline.deadline, d.case_number) for d in found.drafts] == [
        (("台電公司",), None, None),
        (("交通局",), date(2024, 6, 8), None),
        (("環保局",), None, None),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "編號36-4「用地」（地政局、財政局）：地政局部分解除列管，財政局部分持續列管。",
        "36-4 用地：地政局已完成徵收，解除追蹤；財政局撥用尚未完成，持續追蹤。",
    ],
)
def test_share_of_a_case_is_decided_for_its_unit(line: str) -> None:
    found = parse(f"某局會議紀錄\n一、上次會議結論辦理情形\n{line}", calendar=WorkCalendar(), held_on=HELD_ON)

    assert [(d.number, d.unit, d.decision) for d in found.decisions] == [
        ("36-4", "地政局", "release"),
        ("36-4", "財政局", "continue"),
    ]


@pytest.mark.parametrize(
    ("line", "held_on"),
    [
        ("日期：2024/11/28（四）12:10–13:20", date(2024, 11, 28)),
        ("時間：5月9日 (112年)", date(2023, 5, 9)),
        ("時間：112年", None),
    ],
)
def test_day_of_meeting_is_read_with_its_year_behind(line: str, held_on: date | None) -> None:
    assert parse(f"某所會議紀錄\n{line}", calendar=WorkCalendar()).header.held_on == held_on


@pytest.mark.parametrize(
    ("head", "ordinal"),
    [
        ("施工協調週會會議紀錄\n會議編號：W-35", 35),
        ("變更都市計畫（第四次通盤檢討）公開展覽說明會會議紀錄", None),
    ],
)
def test_ordinal_is_that_of_the_meeting(head: str, ordinal: int | None) -> None:
    assert parse(f"{head}\n決議：請總務處辦理。", calendar=WorkCalendar()).header.ordinal == ordinal


def test_label_of_header_may_be_spread_out() -> None:
    header = parse("某會會議紀錄\n主　　席：主委　　　紀　　錄：總幹事", calendar=WorkCalendar()).header

    assert (header.chair, header.recorder) == ("主委", "總幹事")
