"""Statements: derivations, outcomes and payslips in words, from hand-built steps and from the sample scheme."""

from datetime import date
from fractions import Fraction
from html.parser import HTMLParser
from typing import Any

import attrs
import pytest

from cwgrade.catalogue import load_scheme
from cwgrade.choices import Picked, Question, QuestionKind
from cwgrade.dates import PartialDate
from cwgrade.gaps import Gap
from cwgrade.grading import Grading, Placement, grade_on
from cwgrade.outcomes import Decided, NotApplicable, NotEligible, OneOf, Outcome, Unspecified
from cwgrade.pay import Payslip, pay_for_month
from cwgrade.reasons import Derivation, Note, Reason, Step, StepValue
from cwgrade.sources import Citation, Label, LegalSource, Trust
from cwgrade.statement import (
    derivation_text,
    fact_text,
    gap_text,
    grading_text,
    outcome_text,
    payslip_html,
    payslip_text,
)
from cwgrade.statement.gaps import GAP_CODES
from cwgrade.statement.steps import step_text
from cwgrade.statement.terminal import table_lines, width
from cwgrade.statement.why import grade_sentences, open_points
from cwgrade.statement.words import Words
from cwgrade.wording import Language
from cwgrade.worker import (
    UNKNOWN,
    AbsenceSpell,
    Attainment,
    PlacementOnRecord,
    Rating,
    ServiceSpell,
    StateFact,
    SuppliedAmount,
    Worker,
)

SAMPLE = load_scheme("sample-3x18")
VERSION = SAMPLE.version_on(date(2018, 3, 1))
GRADUATED = date(2010, 7, 1)
CLERK = Worker(
    id="007",
    spells=(
        ServiceSpell(start=date(2008, 3, 1), end=date(2010, 1, 1), kind="grid"),
        ServiceSpell(start=date(2012, 3, 1), title="副主任"),
    ),
    schooling=(Attainment(value="bachelor", obtained=GRADUATED),),
    degrees=(Attainment(value="bachelor", obtained=GRADUATED),),
    qualifications=(Attainment(value="social_worker", registered=date(2016, 5, 3)),),
    honours=(),
    facts=(
        StateFact(name="employment", value="full_time"),
        StateFact(name="identity", value="none"),
    ),
    ratings=tuple(Rating(period=str(year), value="competent") for year in range(2012, 2018)),
)
RULE = Label(zh="岗位工资", en="post pay")
NOTICE = Citation(source="notice", clause="第五条")
SOURCES = {
    "notice": LegalSource(
        instrument="《样城通知》",
        issuer="样城",
        number="样发〔2018〕1号",
        read_on=date(2024, 1, 1),
        trust=Trust.INVENTED,
    ),
    "bare": LegalSource(
        instrument="办法",
        url="https://example.org/a",
        read_on=date(2024, 1, 1),
        trust=Trust.OFFICIAL,
    ),
}


def derived(root: Step, **changes: Any) -> Derivation:
    plain = Derivation(
        scheme_id="hand",
        scheme_title=Label(zh="手工方案", en="hand-made scheme"),
        revision=3,
        digest="a" * 64,
        version="1",
        facts_digest="b" * 64,
        on=date(2018, 3, 1),
        known_on=None,
        beyond="refuse",
        root=root,
    )
    return attrs.evolve(plain, **changes)


def tree(root: Step, lang: Language = "zh", **changes: Any) -> list[str]:
    return derivation_text(derived(root, **changes), lang, sources=SOURCES).splitlines()


def clerk(**changes: Any) -> Worker:
    return attrs.evolve(CLERK, **changes)


def month(worker: Worker, year: int = 2018, number: int = 3) -> Payslip:
    return pay_for_month(worker, SAMPLE, year=year, month=number)


def graded(worker: Worker, on: date = date(2018, 3, 1)) -> Grading:
    return grade_on(worker, SAMPLE, on=on)


# --- one step


class TestStep:
    @pytest.mark.parametrize(
        ("inputs", "told"),
        [((), "bachelor"), ((("since", GRADUATED),), "bachelor（自 2010-07-01 起）")],
    )
    def test_of_a_fact_that_a_scheme_declares(
        self, inputs: tuple[tuple[str, StepValue], ...], told: str
    ) -> None:
        step = Step("fact", "effect.local", "bachelor", inputs=inputs)
        assert step_text(step, Words("zh")) == told

    @pytest.mark.parametrize(
        ("tried", "told"),
        [
            ("", "假如 无"),
            (
                "degree = none; degree = none; ratings.2017 = +1",
                "假如 学位=无学位；2017 年度考核结果=使晋级共计 +1 级",
            ),
        ],
    )
    def test_of_a_possibility_tells_what_it_rests_on(self, tried: str, told: str) -> None:
        assert step_text(Step("possibility", "", tried), Words("zh")) == told

    @pytest.mark.parametrize(
        ("rounded", "told"),
        [
            (Step("round", "p", 436100, "fen", residue=Fraction(-31)), "4361.00 元（舍 0.31 元）"),
            (Step("round", "p", 436100, "fen", residue=Fraction(5)), "4361.00 元（进 0.05 元）"),
            (Step("round", "p", 436100, "fen"), "4361.00 元（无尾差）"),
        ],
    )
    def test_of_rounding_shows_what_it_added_or_dropped(self, rounded: Step, told: str) -> None:
        step = attrs.evolve(
            rounded, inputs=(("exact", 436131), ("to", "yuan"), ("mode", "half_up"))
        )
        assert step_text(step, Words("zh")) == f"4361.31 四舍五入到元 → {told}"

    def test_of_a_sum_without_parts_is_zero(self) -> None:
        assert step_text(Step("add", "p", 0, "months"), Words("en")) == "added: 0 → 0 months"

    @pytest.mark.parametrize(
        ("inputs", "told"),
        [
            ((("service_years", 3),), "分段：社区工作满年数=3 年，未到最低一档 → 0.00 元"),
            (
                (("service_years", 3), ("from", 1)),
                "分段：社区工作满年数=3 年，档次起点 1 年 → 0.00 元",
            ),
        ],
    )
    def test_of_bands(self, inputs: tuple[tuple[str, StepValue], ...], told: str) -> None:
        years = Step("service", "p", 3, "years", label=Label(zh="社区工作满年数", en="full years"))
        assert step_text(Step("bands", "p", 0, "fen", inputs, parts=(years,)), Words("zh")) == told

    def test_of_probation_whose_length_is_not_stated(self) -> None:
        """Whoever is past its printed ceiling is not on probation; the length itself is not told."""
        inputs = (("first_day", date(2015, 3, 1)), ("months", None))
        step = Step("probation", "p", "no", "value", inputs)
        told = step_text(step, Words("zh"))
        assert told.endswith("（首个社区任职日 2015-03-01，试用期长度未载）")

    def test_of_extremes(self) -> None:
        parts = tuple(Step("number", "p", number, "fen", label=RULE) for number in (100, 200))
        assert (
            step_text(Step("highest", "p", 200, "fen", parts=parts), Words("zh"))
            == "取最高：岗位工资 1.00 元、岗位工资 2.00 元 → 2.00 元"
        )
        assert (
            step_text(Step("lowest", "p", 100, "fen", parts=parts), Words("en"))
            == "lowest of post pay 1.00 yuan, post pay 2.00 yuan → 1.00 yuan"
        )

    @pytest.mark.parametrize(
        ("why", "told"),
        [
            ("overlap", "不计入：与另一段任职重叠，已计一次"),
            ("absence", "不计入：缺勤"),
            ("outside-region", "不计入：不在认可的地区"),
        ],
    )
    def test_of_days_that_do_not_count(self, why: str, told: str) -> None:
        inputs: tuple[tuple[str, StepValue], ...] = (
            ("spell", 1),
            ("start", date(2018, 1, 1)),
            ("end", date(2018, 2, 1)),
            ("kind", "other"),
            ("rate", 0),
        )
        step = Step(f"rejected.{why}", "service", 31, "days", inputs)
        assert (
            step_text(step, Words("zh"))
            == f"第 2 段任职 2018-01-01 至 2018-01-31（其他工作），31 天：{told}"
        )

    def test_of_a_gap_tells_it_once(self) -> None:
        gap = Gap(path="pay.x", why="the page ends", zh="页面到此为止")
        below = Step("number", "pay.x", (gap,), "fen")
        assert step_text(below, Words("en")) == "stated value: cannot be found: the page ends."
        above = Step("product", "pay.x", (gap,), "fen", parts=(below,))
        assert step_text(above, Words("zh")) == "相乘：无法得出，原因见下"

    def test_of_a_piece_whose_share_is_not_its_days(self) -> None:
        inputs: tuple[tuple[str, StepValue], ...] = (
            ("start", date(2018, 3, 1)),
            ("end", date(2018, 3, 16)),
            ("share", Fraction(1, 2)),
        )
        assert (
            step_text(Step("piece", "pay.x", 50, "fen", inputs), Words("zh"))
            == "2018-03-01 至 2018-03-15：占 0.5 → 0.50 元"
        )
        odd = attrs.evolve(
            Step("piece", "pay.x", 50, "fen", inputs),
            inputs=(("start", "a"), ("end", "b"), ("share", 1)),
        )
        assert step_text(odd, Words("zh")) == "a、b：占 1 → 0.50 元"

    def test_of_a_total_that_is_rounded(self) -> None:
        step = Step("total", "rounding.total", 100, "fen", residue=Fraction(40))
        assert step_text(step, Words("zh")) == "应发合计取整 → 1.00 元（进 0.40 元）"

    @pytest.mark.parametrize(
        ("value", "unit", "zh", "en"),
        [
            (Fraction(7, 10), "share", "70%", "70%"),
            (Fraction(1, 3), "share", "1/3", "1/3"),
            (Fraction(121, 100), "times", "1.21", "1.21"),
            (7, "grades", "7 级", "7"),
            (1, "months", "1 个月", "1 month"),
            (1, "answers", "1 种可能", "1 possibilities"),
            (Fraction(100, 3), "fen", "1/3 元（约 0.3333）", "1/3 yuan (about 0.3333)"),
            (None, "value", "无", "nothing"),
            (True, "value", "是", "yes"),
            ("yes", "value", "是", "yes"),
            ("below_senior", "value", "初中及以下", "junior secondary or below"),
            ("bachelor", "value", "bachelor", "bachelor"),
            ("deputy", "value", "副职", "deputy"),
        ],
    )
    def test_of_each_unit(self, value: StepValue, unit: str, zh: str, en: str) -> None:
        step = Step("else", "quantities.x", value, unit)
        assert (step_text(step, Words("zh")), step_text(step, Words("en"))) == (zh, en)


# --- the tree


class TestDerivation:
    def test_a_line_names_rule_keys_amount_and_clause(self) -> None:
        post = Step("post", "posts", "deputy", label=Label(zh="岗位", en="post"))
        root = Step(
            "table", "pay.p", 130000, "fen", (("post", "deputy"),), RULE, NOTICE, parts=(post,)
        )
        lines = tree(root)
        assert lines[2] == "【岗位工资】查表：岗位=副职 → 1300.00 元 〔依据1《样城通知》第五条〕"
        assert lines[3] == "  【岗位】副职"
        assert lines[4:6] == ["依据文件", "  1.《样城通知》，样城，样发〔2018〕1号（虚构）"]

    def test_a_source_is_named_in_full_once(self) -> None:
        other = attrs.evolve(NOTICE, clause="")
        parts = (
            Step("number", "a", 100, "fen", label=RULE, citation=other),
            Step("number", "b", 200, "fen", label=RULE, citation=Citation(source="bare")),
            Step("number", "c", 300, "fen", label=RULE, citation=Citation(source="lost")),
        )
        root = Step("add", "p", 600, "fen", label=RULE, citation=NOTICE, parts=parts)
        lines = tree(root, "en")
        assert lines[3].endswith("[source 1]")
        assert lines[4].endswith("[source 2 “办法”]")
        assert lines[5].endswith("[source 3 “lost”]")
        assert lines[7:10] == [
            "  1. “样城通知”, 样城, 样发〔2018〕1号 (invented)",
            "  2. “办法”, issuer not known, document number not known (official site) https://example.org/a",
            "  3. lost",
        ]

    def test_a_clause_is_not_repeated_under_the_same_clause(self) -> None:
        part = Step("number", "a", 100, "fen", label=RULE, citation=NOTICE)
        lines = tree(Step("add", "p", 100, "fen", label=RULE, citation=NOTICE, parts=(part,)))
        assert lines[3] == "  【岗位工资】规定值 → 1.00 元"

    def test_what_was_shown_is_not_spelt_out_again(self) -> None:
        leaf = Step("number", "a", 100, "fen", label=RULE)
        part = Step("product", "p", 100, "fen", label=RULE, parts=(leaf,))
        same = Step("product", "p", 100, "fen", label=RULE, parts=(attrs.evolve(leaf),))
        lines = tree(Step("add", "q", 200, "fen", label=RULE, parts=(part, same)))
        assert lines[5] == "  【岗位工资】相乘：岗位工资 1.00 元 → 1.00 元（见上）"
        assert lines[6].startswith("cwgrade 1")

    def test_the_head_tells_what_the_answer_rests_on(self) -> None:
        lines = tree(
            Step("scope", "scope", result=True),
            known_on=date(2018, 6, 1),
            beyond="carry_forward",
            assumed=("honours=none", "rating_2017=competent", "fact:local=yes", "free text"),
            tried=(
                Picked(
                    question=Question(kind=QuestionKind.FACT, path="schooling"), option="senior"
                ),
            ),
        )
        assert lines[0] == "方案：手工方案（编号 hand，第 3 次修订，摘要 aaaaaaaaaaaa）"
        assert lines[1] == "查询日：2018-03-01    知悉日：2018-06-01"
        assert lines[2].startswith("查询日晚于")
        assert lines[3] == (
            "查询人所作的假定：表彰奖励=无表彰奖励、2017 年度考核结果=合格（称职）、local=是、free text"
        )
        assert lines[4] == "对不明的情况，此处取：学历=高中（中专）"
        assert lines[5] == "适用本方案：是"

    def test_notes_stand_below(self) -> None:
        notes = (
            Note(
                code="recorded-grade-differs",
                facts=(("recorded", "9"), ("computed", "7"), ("since", "2017-01-01")),
            ),
            Note(
                code="recorded-grade-differs",
                facts=(("recorded", "9"), ("computed", "one_of"), ("since", "d")),
            ),
            Note(
                code="consequence",
                facts=(
                    ("years", "2016, 2017"),
                    ("rating", "fail"),
                    ("zh", "解除合同"),
                    ("en", "end of contract"),
                    ("source", "notice"),
                    ("clause", "第九条"),
                ),
            ),
        )
        lines = tree(Step("scope", "scope", result=True), notes=notes)
        assert lines[3] == "提示"
        assert "重新计算为 7 级。" in lines[4]
        assert "重新计算为 取决于不明的情况。" in lines[5]
        assert lines[6] == (
            "  2016, 2017 年度考核结果为不合格（不称职），按方案规定：解除合同（依据1《样城通知》第九条）。"
            "此处仅作提示，系统不代为执行。"
        )

    def test_a_long_line_is_whole(self) -> None:
        parts = tuple(Step("number", f"p{n}", n, "fen", label=RULE) for n in range(60))
        lines = tree(Step("add", "p", 1770, "fen", label=RULE, parts=parts))
        assert lines[2].endswith("→ 17.70 元")

    def test_of_the_sample_in_both_languages(self) -> None:
        payslip = month(CLERK)
        zh = derivation_text(payslip.derivation, "zh", version=VERSION)
        en = derivation_text(payslip.derivation, "en", version=VERSION)
        assert len(zh.splitlines()) == len(en.splitlines())
        assert "3670.11 四舍五入到元 → 3670.00 元（舍 0.11 元）" in zh
        assert "第 1 段任职 2008-03-01 至 2009-12-31（网格工作），671 天：按 50% 计入" in zh
        assert "figure of 2016, published on 2017-06-20 → 5319.00 yuan" in en

    def test_of_a_half_year_with_absence(self) -> None:
        sick = AbsenceSpell(start=date(2018, 6, 4), end=date(2018, 6, 20), kind="sick")
        text = derivation_text(month(clerk(absences=(sick,)), number=6).derivation, "zh")
        assert "病假：按 60% 计发 → 1541.40 元" in text
        assert "2018-06-04 至 2018-06-19：占 16/30 → 822.08 元" in text
        assert "当月折算，按日历天数折算 →" in text
        assert "2018年1月 → " in text

    def test_of_a_placement_on_record(self) -> None:
        placement = PlacementOnRecord(
            post="deputy", grade=9, since=date(2017, 1, 1), months_served=5
        )
        text = derivation_text(graded(clerk(placement=placement)).derivation, "zh", version=VERSION)
        assert (
            "【核定等级】核定 → 9 级（自 2017-01-01 起，当时距上次晋级已满 5 个月；文件：无）"
            in text
        )
        assert "2017-01-01 以来增加：2 级 − 2 级 → 0 级" in text
        assert "按此前情况重新计算为 7 级" in text

    def test_of_several_possibilities(self) -> None:
        unknown = clerk(honours=UNKNOWN, ratings=CLERK.ratings[:-1])
        text = derivation_text(graded(unknown).derivation, "zh", version=VERSION)
        assert "【可能的结果】有 4 种可能，分列如下" in text
        assert "表彰奖励=无表彰奖励" in text
        assert "对不明的情况" not in text


# --- outcomes


class TestOutcome:
    @pytest.mark.parametrize(
        ("outcome", "zh", "en"),
        [
            (Decided(Placement(grade=7, post="deputy")), "副职 7 级。", "deputy, grade 7."),
            (Decided(value=True), "适用本方案。", "Paid under this scheme."),
            (Decided(value=False), "否。", "no."),
            (Decided("x"), "x。", "x."),
            (
                NotApplicable(Reason(code="no-grades")),
                "本方案不设岗位等级。",
                "This scheme has no grades.",
            ),
            (
                NotEligible(
                    Reason(
                        code="out-of-scope",
                        facts=(("fact", "employment"), ("value", "part_time")),
                        citation=NOTICE,
                    )
                ),
                "不适用本方案：用工形式为兼职。（依据1《样城通知》第五条）",
                "Not paid under this scheme: employment is part-time. (source 1 “样城通知”, 第五条)",
            ),
            (
                OneOf(
                    (Placement(grade=1, post="staff"), Placement(grade=2, post="staff")),
                    "schooling",
                ),
                "尚不能确定，可能是：工作人员 1 级、工作人员 2 级。请先查明：学历。",
                "Not certain: staff, grade 1, staff, grade 2 are possible. Find out first: schooling.",
            ),
            (
                OneOf((True,), "retired", ("retired", "ratings.2017"), (Reason(code="no-grades"),)),
                (
                    "尚不能确定，可能是：是。也可能没有结果：本方案不设岗位等级。请先查明：退休情况。"
                    "其他不明的情况：2017 年度考核结果。"
                ),
                (
                    "Not certain: yes are possible. It is also possible that there is none: "
                    "This scheme has no grades. Find out first: retirement. "
                    "Also not known: annual rating of 2017."
                ),
            ),
            (
                OneOf((), "retired"),
                "尚不能确定。请先查明：退休情况。",
                "Not certain. Find out first: retirement.",
            ),
        ],
    )
    def test_in_a_sentence(self, outcome: Outcome[object], zh: str, en: str) -> None:
        assert outcome_text(outcome, "zh", sources=SOURCES) == zh
        assert outcome_text(outcome, "en", sources=SOURCES) == en

    def test_of_money(self) -> None:
        assert outcome_text(OneOf((500, 300), "schooling"), "zh", money=True) == (
            "尚不能确定：最低 3.00 元，最高 5.00 元。请先查明：学历。"
        )
        assert outcome_text(OneOf((500,), "schooling"), "en", money=True) == (
            "Not certain: 5.00 yuan are possible. Find out first: schooling."
        )

    def test_names_the_gap_its_place_and_the_readings_tried(self) -> None:
        gaps = (
            Gap(
                path="proration.rule",
                why="not in the excerpt",
                zh="节选未载",
                readings=("calendar_days", "state_on_day 15", "next_month"),
            ),
            Gap(path="rounding.component", why="silent"),
            Gap(path="posts", why="unmapped-title", readings=("书纪", "书记")),
        )
        text = outcome_text(Unspecified(gaps), "zh")
        assert "（proration.rule）：节选未载。" in text
        assert "按日历天数折算、整月按规定日期的情况计发（15 日）、当月变动次月起计发。" in text
        assert "（rounding.component）：silent。" in text
        assert text.endswith("是不是 '书记'？")


class TestGap:
    @pytest.mark.parametrize("lang", ["zh", "en"])
    @pytest.mark.parametrize("code", sorted(GAP_CODES))
    def test_of_the_engine_is_a_whole_sentence(self, code: str, lang: Language) -> None:
        shown = {
            "part-of-period": ("2018-01-01", "2018-07-01"),
            "figure-of-low-trust": ("2018", "65000.00", "content-farm", "https://example.cn/a"),
        }
        readings = shown.get(code, ("100", "200"))
        text = gap_text(Gap(path="pay.x", why=code, readings=readings), lang)
        assert "{" not in text
        assert text[-1] in ".。?？"

    def test_of_money_is_in_yuan(self) -> None:
        gap = Gap(path="pay.x", why="supplied-over-limit", readings=("60000", "50000"))
        assert "600.00 yuan, is above the scheme's limit of 500.00 yuan" in gap_text(gap)

    def test_of_a_period_ends_on_its_last_day(self) -> None:
        gap = Gap(path="pay.x", why="part-of-period", readings=("2018-01-01", "2018-07-01"))
        assert "2018-01-01 至 2018-06-30" in gap_text(gap, "zh")

    @pytest.mark.parametrize(
        ("gap", "lang", "text"),
        [
            (Gap(path="x", why="the page ends here", zh="到此为止"), "en", "the page ends here."),
            (Gap(path="x", why="the page ends here", zh="到此为止"), "zh", "到此为止。"),
            (Gap(path="x", why="the page ends here"), "zh", "the page ends here。"),
            (Gap(path="x", why=""), "zh", "没有更多说明。"),
        ],
    )
    def test_of_an_author_is_their_text(self, gap: Gap, lang: Language, text: str) -> None:
        assert gap_text(gap, lang) == text


class TestFact:
    @pytest.mark.parametrize(
        ("path", "zh"),
        [
            ("schooling", "学历"),
            ("ratings.2018+2019", "2018、2019 年度考核结果"),
            ("ratings.2018.announced", "2018 年度考核结果的公布日"),
            ("spells[1].start", "第 2 段任职经历的开始日"),
            ("absences[0].end", "第 1 次缺勤的结束日"),
            ("facts.employment[0].start", "用工形式的起始日"),
            ("qualification[0].registered", "职业资格（第 1 项）的登记之日"),
            ("something_local", "something_local"),
        ],
    )
    def test_has_a_name(self, path: str, zh: str) -> None:
        assert fact_text(path, "zh") == zh

    def test_that_a_scheme_declares_has_its_printed_name(self) -> None:
        scheme = load_scheme("shaanxi-2012").versions[0]
        declared = scheme.facts[0]
        assert fact_text(declared.name, "zh", version=scheme) == declared.label.zh
        assert fact_text("schooling", "zh", version=scheme) == "学历"

    @pytest.mark.parametrize(
        ("path", "option", "zh"),
        [
            ("ratings.2017", "+1", "使晋级共计 +1 级"),
            ("ratings.2017", "fail", "不合格（不称职）"),
            ("ratings.2017.announced", "True", "是"),
            ("degree[0].obtained", "9999-12-31", "尚无"),
            ("degree[0].obtained", "0001-01-01", "已有"),
            ("spells[0].region", "", "其他地区"),
            ("spells[0].region", "9901", "9901"),
            ("post", "deputy", "副职"),
            ("effect.service.takes", "next_month", "次月起"),
            ("service.kinds.grid.within", "city", "限本市"),
        ],
    )
    def test_option_has_words(self, path: str, option: str, zh: str) -> None:
        assert Words("zh").option(path, option) == zh

    def test_is_proved_by_something(self) -> None:
        assert Words("zh").proof("spells[0].region") == "任职和离任文件（写明日期和地区）"
        assert Words("zh").proof("something_local") == "能够证明的材料"

    def test_value_that_is_no_text_is_shown(self) -> None:
        assert Words("en").value("grade", 7) == "7"


# --- the texts for a terminal


class TestTerminal:
    def test_chinese_takes_two_columns(self) -> None:
        assert (width("工资（元）"), width("é"), width("ab")) == (10, 1, 2)

    def test_columns_are_aligned(self) -> None:
        lines = table_lines([("项目", "元", "说明"), ("补贴x", "1.00", "a")], right=(1,))
        assert [width(line) for line in lines] == [17, 14]
        assert lines[0].index("元") > lines[0].index("目")

    def test_payslip(self) -> None:
        text = payslip_text(month(CLERK), "007", "zh", version=VERSION)
        lines = text.splitlines()
        assert lines[:3] == [
            "工资说明单",
            "虚构方案：仅供演示和测试，本页内容不是任何地方的规定。",
            "人员 007    月份 2018年3月",
        ]
        assert "应发合计：2819.00 元" in lines
        assert "大写金额：贰仟捌佰壹拾玖元整" in lines
        assert "状态：确定" in lines
        assert any(line.endswith("按期计提，6、12 月发放") for line in lines)

    def test_payslip_with_bounds(self) -> None:
        unknown = clerk(honours=UNKNOWN)
        lines = payslip_text(month(unknown), "007", "zh", version=VERSION).splitlines()
        assert any("2569.00 至 2703.40" in line for line in lines)
        assert "应发合计：不能确定" in lines
        assert "状态：暂不能确定" in lines
        assert any(line.startswith("结论：尚不能确定：最低 2819.00 元") for line in lines)

    def test_payslip_that_is_refused_has_no_table(self) -> None:
        part = clerk(
            facts=(StateFact(name="employment", value="part_time"), CLERK.facts[1]),
        )
        text = payslip_text(month(part), "007", "zh", version=VERSION)
        assert "应发合计：无\n" in text
        assert "结论：不适用本方案：用工形式为兼职。" in text
        assert "状态" not in text
        assert "项目" not in text

    def test_payslip_of_a_title_that_is_not_mapped_has_no_table(self) -> None:
        worker = clerk(spells=(ServiceSpell(start=date(2012, 3, 1), title="副主人"),))
        text = payslip_text(month(worker), "007", "en", version=VERSION)
        assert "did you mean '副主任'?" in text
        assert "Component" not in text

    def test_payslip_of_a_real_scheme_has_no_banner(self) -> None:
        scheme = load_scheme("changsha-furong-2018")
        worker = Worker(id="1", spells=(ServiceSpell(start=date(2015, 3, 1), title="副主任"),))
        text = payslip_text(pay_for_month(worker, scheme, year=2018, month=3), "1", "zh")
        assert "虚构" not in text
        assert "大写金额：叁仟玖佰陆拾元整" in text

    def test_yearly_lines_name_their_period(self) -> None:
        line = attrs.evolve(month(CLERK).lines[0], accrues_per="year", state="unscheduled")
        text = payslip_text(attrs.evolve(month(CLERK), lines=(line,)), "007", "zh")
        assert "发放月份未写明，不计入合计（按年计）" in text

    def test_grading(self) -> None:
        text = grading_text(graded(CLERK), "007", "en", version=VERSION)
        assert text.startswith("Grade explained\nINVENTED SCHEME")
        assert "\nResult: deputy, grade 8.\nStanding: final\n" in text


# --- the page


class Tags(HTMLParser):
    """Checks that every element is closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not any(name in {"src", "href"} for name, _ in attrs)
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def page(
    worker: Worker,
    lang: Language = "zh",
    year: int = 2018,
    number: int = 3,
    *,
    with_grade: bool = True,
) -> str:
    grading = graded(worker, date(year, number, 1)) if with_grade else None
    html = payslip_html(
        month(worker, year, number),
        grading,
        worker.id,
        lang,
        year=year,
        month=number,
        version=VERSION,
    )
    tags = Tags()
    tags.feed(html)
    assert tags.open == []
    return html


class TestPage:
    def test_says_all_of_it(self) -> None:
        html = page(CLERK)
        for text in (
            "工资说明单",
            "虚构方案：仅供演示和测试",
            "2018年3月",
            "<td>9901</td>",
            "副职 8 级。",
            "职业资格=社会工作师",
            "到 2018-01-01 前一日，工作年限和视同年限共计 81 个月",
            "大写金额：贰仟捌佰壹拾玖元整",
            "等级系数：查表：岗位等级=8 级 → 1.15",
            "样民发〔2011〕1号",
            "本页各项均已确定。",
            "不在本页计算范围内",
        ):
            assert text in html

    def test_is_in_english_too(self) -> None:
        html = page(CLERK, "en")
        assert '<html lang="en">' in html
        assert "Everything on this page is final." in html

    def test_needs_nothing_from_elsewhere(self) -> None:
        html = page(CLERK)
        assert "<script" not in html
        assert "url(" not in html

    def test_escapes_what_people_wrote(self) -> None:
        worker = clerk(id="<b>&7")
        html = page(worker)
        assert "<b>" not in html
        assert "&lt;b&gt;&amp;7" in html

    def test_without_a_grade(self) -> None:
        html = page(CLERK, with_grade=False)
        assert "未查询等级。" in html
        assert "等级的理由" not in html

    def test_without_the_version_has_no_place_but_the_banner(self) -> None:
        html = payslip_html(month(CLERK), graded(CLERK), "007", year=2018, month=3)
        assert "虚构方案" in html
        assert "9901" not in html

    def test_says_what_is_unknown_and_what_to_hand_in(self) -> None:
        html = page(clerk(honours=UNKNOWN))
        assert "不明：表彰奖励。请补交：表彰奖励文件。" in html
        assert "2569.00 至 2703.40" in html

    def test_says_what_is_provisional(self) -> None:
        ratings = (*CLERK.ratings, Rating(period="2018", value="competent"))
        html = page(clerk(ratings=ratings), year=2019, number=9)
        assert "暂用 2017 年数据" in html

    def test_says_that_a_rating_is_not_out(self) -> None:
        step = Step("rating", "effect.rating", "not_out", inputs=(("year", 2017),))
        payslip = attrs.evolve(month(CLERK), derivation=derived(step))
        assert open_points(payslip, None, Words("zh")) == ["暂定：2017 年度考核结果尚未公布。"]

    def test_says_which_amounts_are_missing(self) -> None:
        much = SuppliedAmount(component="on_call", year=2018, month=3, fen=60000, document="a")
        html = page(clerk(supplied=(much,), assumed=("honours=none",)))
        assert "值班补贴：提供的金额 600.00 元超过方案规定的上限 500.00 元" in html
        assert "查询人所作的假定：表彰奖励=无表彰奖励" in html

    def test_says_an_unscheduled_line_and_a_gap_of_no_line(self) -> None:
        line = attrs.evolve(month(CLERK).lines[0], state="unscheduled")
        gap = Gap(path="posts", why="no posts")
        payslip = attrs.evolve(month(CLERK), lines=(line,), outcome=Unspecified((gap,)))
        points = open_points(payslip, None, Words("zh"))
        assert points[0] == "基本工资：发放月份未写明，不计入合计。"
        assert points[1].endswith("no posts。")

    def test_tells_how_a_month_was_divided(self) -> None:
        sick = AbsenceSpell(start=date(2018, 6, 4), end=date(2018, 6, 20), kind="sick")
        html = page(clerk(absences=(sick,)), number=6)
        assert "基本工资：病假：按 60% 计发 → 1541.40 元" in html
        assert "年限津贴：2018-06-04" not in html

    def test_of_a_refusal_has_its_reason(self) -> None:
        html = page(clerk(facts=(StateFact(name="employment", value="part_time"), CLERK.facts[1])))
        assert "<p>不适用本方案：用工形式为兼职。" in html
        assert "<th>项目</th>" not in html

    def test_of_a_title_that_is_not_mapped_has_no_table(self) -> None:
        html = page(clerk(spells=(ServiceSpell(start=date(2012, 3, 1), title="副主人"),)))
        assert "是不是 &#x27;副主任&#x27;？" in html
        assert "<th>项目</th>" not in html
        assert "依据文件" not in html

    def test_says_that_the_version_is_carried_forward(self) -> None:
        payslip = month(CLERK)
        carried = attrs.evolve(
            payslip.derivation, beyond="carry_forward", known_on=date(2018, 4, 1)
        )
        html = payslip_html(
            attrs.evolve(payslip, derivation=carried), None, "007", year=2018, month=3
        )
        assert "按最后版本沿用" in html
        assert "知悉日：2018-04-01" in html

    def test_of_days_known_to_the_month(self) -> None:
        worker = clerk(spells=(ServiceSpell(start=PartialDate(2012, 3), title="副主任"),))
        assert "工资说明单" in page(worker)


class TestWhy:
    def test_of_a_grade_on_record(self) -> None:
        placement = PlacementOnRecord(post="deputy", grade=9, since=date(2017, 1, 1))
        sentences = grade_sentences(
            graded(clerk(placement=placement)), Words("zh", version=VERSION)
        )
        assert sentences[1] == "核定等级为 9 级，自 2017-01-01 起。"

    def test_of_rules_without_a_clause(self) -> None:
        grading = graded(CLERK)
        total, post = grading.derivation.root.parts
        bare = attrs.evolve(
            total,
            parts=tuple(attrs.evolve(part, citation=None, parts=()) for part in total.parts),
        )
        root = attrs.evolve(grading.derivation.root, parts=(bare, post))
        derivation = attrs.evolve(grading.derivation, root=root)
        sentences = grade_sentences(attrs.evolve(grading, derivation=derivation), Words("zh"))
        assert sentences[1] == "起点岗位等级：4 级。"

    def test_of_no_single_grade_is_the_outcome(self) -> None:
        sentences = grade_sentences(graded(clerk(honours=UNKNOWN)), Words("zh", version=VERSION))
        assert len(sentences) == 1
        assert sentences[0].startswith("尚不能确定")
