"""Chinese spellings for generated texts: words outside quotes change, one by one, so that both languages stand in one file."""

from __future__ import annotations

import re

from .choosing import Chooser

CHINESE = {
    "metric": "指标", "input": "输入", "gate": "门槛", "population": "人群", "where": "其中", "count of": "计数", "mean of": "平均", "over last": "最近",
    "days": "天", "when": "当", "else": "否则", "and": "且", "or": "或", "given": "已知", "missing": "缺失", "weight": "权重", "total": "总分",
    "indicator": "分项", "dimension": "维度", "ladder": "阶梯", "ranges": "区间", "curve": "折线", "cases": "分情况", "none": "缺", "display": "展示",
    "optional": "可缺", "deduct": "扣", "bonus": "加分", "events": "事件", "text": "文本", "flag": "标志", "time": "时间",
    "assumed": "假定", "exact": "不舍入", "open": "开放", "closed": "关闭", "not": "非", "above": "高于", "below": "低于", "stages": "阶段表",
    "full": "完整", "no score": "无分", "sum of": "合计", "by": "按", "first": "前", "hide": "隐藏", "always": "恒有", "timezone": "时区",
    "ruleset": "规则集", "version": "版本", "cites": "依据", "table": "对照表", "default": "默认", "recency": "时近权重", "over previous": "此前",
    "full week": "完整周", "full month": "完整月", "full quarter": "完整季度", "if at least": "若满", "median of": "中位数", "rank rate of": "排名率",
    "multiple of mean of": "均值倍数", "else by": "否则按", "else all subjects": "否则全体",
}  # fmt: skip
LONGER = (
    "is not", "not in", "missing drop", "missing no score", "missing not counted", "skip missing", "distinct count of", "linked by", "up by", "down by",
    "cap below", "weighted by", "of the weight", "for all when any has",
)  # fmt: skip
"""Keywords of several words that hold a word of the table and have a Chinese spelling of their own."""

WORD = re.compile(r'"(?:[^"\\]|\\.)*"|' + "|".join(LONGER) + r"|\b(?:" + "|".join(sorted(CHINESE, key=len, reverse=True)) + r")\b")


def in_both_languages(chooser: Chooser, text: str) -> str:
    """The text with some of its keywords in Chinese."""
    most = chooser.pick([100, 50])
    return WORD.sub(lambda found: CHINESE.get(found[0], found[0]) if not found[0].startswith('"') and chooser.chance(most) else found[0], text)
