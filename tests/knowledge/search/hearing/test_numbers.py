"""Documents named by their number, whole or in part, and numbers that are of other documents."""

from __future__ import annotations

import pytest

from knowledge.search.grams import spaced
from knowledge.search.hearing.numbers import Numbers
from policies.law import Corpus


@pytest.mark.parametrize(
    ("typed", "found", "rest"),
    [
        ("海科工商信规字〔2022〕4号 有效期", ["haizhu-2022"], "有效期"),
        ("海科工商信规字2022年第4号", ["haizhu-2022"], ""),
        ("海科工商信规字4号是哪份文件", ["haizhu-2022"], "是哪份文件"),
        ("HZ0320220003 对应哪个文件", ["haizhu-2022"], "对应哪个文件"),
        ("穗埔府规[2019]9号", ["huangpu-2019"], ""),
        ("2019年9号文是哪个区的", ["huangpu-2019"], "是哪个区的"),
        ("请问穗埔府规〔2019〕9号管几年", ["huangpu-2019"], "请问 管几年"),
        ("海发改规〔2019〕9号", [], "海发改规 2019 9号"),
        ("穗埔府规〔2020〕9号", [], "穗埔府规 2020 9号"),
        ("国发〔2017〕50号", ["huangpu-2019/1"], ""),
        ("哪份落实粤府2018年23号", ["foshan-2020/preface", "huangpu-2019/1"], "哪份落实"),
        ("粤府45号", ["baiyun-draft/preface"], ""),
        ("3号楼", [], "3号楼"),
        ("9号线地铁", [], "9号线地铁"),
    ],
)
def test_found(corpus: Corpus, typed: str, found: list[str], rest: str) -> None:
    named = Numbers(corpus.policies.values()).find(spaced(typed))
    assert ([*named.policies, *named.cites], " ".join(named.text.split())) == (found, rest)


@pytest.mark.parametrize(
    ("typed", "strange"),
    [("国发〔2018〕99号", True), ("国发〔2017〕50号", False), ("穗埔府规〔2019〕9号", False), ("3号楼", False)],
)
def test_numbers_of_documents_that_nothing_here_has_or_cites(corpus: Corpus, typed: str, *, strange: bool) -> None:
    assert Numbers(corpus.policies.values()).find(spaced(typed)).strange is strange
