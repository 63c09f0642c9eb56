"""The table of keywords: each keyword by its English spelling (its name in the grammar), its other English spellings, its Chinese ones.

The first spelling of a language is the one that the formatter writes. One spelling may belong to several keywords (`是` is `is` and `yes`):
the place decides, as it decides whether a word is a keyword or a name.
"""

from __future__ import annotations

from typing import Final

KEYWORDS: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    # headers
    "ruleset": ((), ("规则集",)),
    "version": ((), ("版本",)),
    "effective": ((), ("生效",)),
    "from": ((), ("自", "从")),
    "assumed": ((), ("假定",)),
    "cites": ((), ("依据",)),
    "timezone": ((), ("时区",)),
    "years": ((), ("年份",)),
    "score": ((), ("评分", "得分", "分数")),
    "subjects": ((), ("家", "主体表")),
    "rows": ((), ("条", "行")),
    "rows a subject": ((), ("条每主体", "行每主体")),
    # tables
    "subject": ((), ("主体",)),
    "events": ((), ("事件",)),
    "table": ((), ("对照表",)),
    "param": ((), ("参数",)),
    "input": ((), ("输入",)),
    "number": ((), ("数值",)),
    "count": ((), ("计数",)),
    "share": ((), ("占比", "比例")),
    "points": ((), ("分值",)),
    "money": ((), ("金额",)),
    "duration": ((), ("时长",)),
    "date": ((), ("日期",)),
    "time": ((), ("时间",)),
    "text": ((), ("文本",)),
    "flag": ((), ("标志",)),
    "one of": ((), ("取自",)),
    "optional": ((), ("可缺",)),
    "dated": ((), ("有期",)),
    "key": ((), ("主键",)),
    "happens": ((), ("发生",)),
    "ahead": ((), ("预先",)),
    "as extracted": ((), ("以抽取时为准",)),
    "refers to": ((), ("指向",)),
    "at": ((), ("时点",)),
    "default": ((), ("默认",)),
    "any": ((), ("任一", "有")),
    "any of": ((), ("任一于",)),
    "within": ((), ("限于", "范围")),
    "improvable": ((), ("可改进",)),
    "up by": ((), ("每步升",)),
    "down by": ((), ("每步降",)),
    "cost": ((), ("代价",)),
    "better higher": ((), ("越高越好",)),
    "better lower": ((), ("越低越好",)),
    # metrics
    "population": ((), ("人群",)),
    "where": ((), ("其中",)),
    "except": ((), ("剔除", "除去")),
    "first": ((), ("前",)),
    "per": ((), ("每",)),
    "by": ((), ("按",)),
    "looking back": ((), ("回看",)),
    "metric": ((), ("指标",)),
    "count of": ((), ("计数",)),
    "distinct count of": ((), ("去重计数",)),
    "sum of": ((), ("合计",)),
    "mean of": ((), ("平均",)),
    "minimum of": ((), ("最小",)),
    "maximum of": ((), ("最大",)),
    "share with": ((), ("占比满足", "占比 满足")),
    "rate of": ((), ("比率",)),
    "with": ((), ("满足",)),
    "weighted by": ((), ("加权按",)),
    "cut": ((), ("截断",)),
    "over last": ((), ("最近",)),
    "over previous": ((), ("此前",)),
    "full week": (("full weeks",), ("个完整周", "完整周")),
    "full month": (("full months",), ("个完整月", "完整月", "个自然月", "自然月")),
    "full quarter": (("full quarters",), ("个完整季度", "完整季度")),
    "if at least": ((), ("若满",)),
    ", else": ((), ("，否则",)),
    "recency": ((), ("时近权重",)),
    "ending": ((), ("截至",)),
    "ago": ((), ("前", "之前")),
    "to": ((), ("精确到",)),
    "up to": ((), ("向上精确到", "向上取到")),
    "down to": ((), ("向下精确到", "向下取到")),
    "half even to": ((), ("成双精确到",)),
    "exact": ((), ("不舍入",)),
    "needs": ((), ("至少需", "需要")),
    "skip missing": ((), ("跳过缺失",)),
    "missing": ((), ("缺失",)),
    "peer": ((), ("同行",)),
    "pooled": ((), ("合并",)),
    "median of": ((), ("中位数",)),
    "rank rate of": ((), ("排名率",)),
    "top": ((), ("前列",)),
    "multiple of mean of": ((), ("均值倍数",)),
    "else by": ((), ("否则按",)),
    "else all subjects": ((), ("否则全体",)),
    "among": ((), ("限在",)),
    "group": ((), ("同组",)),
    "lowest": ((), ("最低",)),
    "highest": ((), ("最高",)),
    # points
    "stages": ((), ("阶段表",)),
    "when": ((), ("当", "若")),
    "else": ((), ("否则", "其余")),
    "full": ((), ("完整",)),
    "no score": ((), ("无分",)),
    "total": ((), ("总分",)),
    "dimension": ((), ("维度",)),
    "indicator": ((), ("分项",)),
    "part": ((), ("部分",)),
    "weight": ((), ("权重",)),
    "sum": ((), ("相加",)),
    "weighted mean": ((), ("加权平均",)),
    "best of": ((), ("取优",)),
    "missing drop": ((), ("缺则剔除",)),
    "missing no score": ((), ("缺则无分",)),
    "needs half the parts": ((), ("至少需一半",)),
    "parts": ((), ("部分",)),
    "of the weight": ((), ("的权重",)),
    "deduct": ((), ("扣",)),
    "bonus": ((), ("加分", "奖励")),
    "protect at least": ((), ("保护不低于",)),
    "cap at most": ((), ("封顶",)),
    "cap below": ((), ("压到低于",)),
    ", no more than": ((", at most in all",), ("，合计不超过",)),
    "in all": ((), ("为止",)),
    "display": ((), ("展示",)),
    "tier": ((), ("等级",)),
    "force": ((), ("强制",)),
    "hide": ((), ("隐藏",)),
    # outcomes
    "gate": ((), ("门槛",)),
    "sanction": ((), ("处置",)),
    "open": ((), ("开放",)),
    "closed": ((), ("关闭",)),
    "applies": ((), ("生效",)),
    "clear": ((), ("不生效",)),
    "without": (("without a",), ("如无",)),
    "linked by": ((), ("关联按",)),
    "close": ((), ("关停",)),
    "apply": ((), ("施加",)),
    "for all when any has": ((), ("同关全体若任一",)),
    "always": ((), ("恒有",)),
    "rises with": ((), ("随升",)),
    "falls with": ((), ("随降",)),
    "stays open when": ((), ("保持开放当",)),
    "rises": (("rise",), ("上升",)),
    "falls": (("fall",), ("下降",)),
    "for every": ((), ("对每个",)),
    "assuming": ((), ("假设",)),
    "example": ((), ("样例",)),
    "on": ((), ("于",)),
    "given": ((), ("已知",)),
    "expect": ((), ("应得",)),
    "for": ((), ("对",)),
    "inputs": ((), ("输入表",)),
    # expressions
    "or": ((), ("或",)),
    "and": ((), ("且",)),
    "not": ((), ("非",)),
    "is": ((), ("是", "为")),
    "is not": ((), ("不是", "不为")),
    "in": ((), ("在", "于")),
    "not in": ((), ("不在",)),
    "above": ((), ("高于",)),
    "below": ((), ("低于",)),
    "at least": ((), ("至少",)),
    "of": ((), ("项", "的", "之", "依次为")),
    "missing not counted": ((), ("缺者不计",)),
    ", at least": ((), ("，至少",)),
    ", at most": ((), ("，至多",)),
    "at most": ((), ("至多",)),
    "until": ((), ("至", "直到")),
    "moved to": ((), ("移到",)),
    "month": (("months",), ("个月", "月")),
    "age of": ((), ("距今",)),
    "cases": ((), ("分情况",)),
    "ladder": ((), ("阶梯",)),
    "ranges": ((), ("区间",)),
    "curve": ((), ("折线",)),
    "stage": ((), ("阶段",)),
    "yes": ((), ("是",)),
    "no": ((), ("否",)),
    "none": ((), ("缺", "无")),
    "second": (("seconds",), ("秒",)),
    "minute": (("minutes",), ("分钟",)),
    "hour": (("hours",), ("小时",)),
    "day": (("days",), ("天", "日")),
    "week": (("weeks",), ("周",)),
}

MEASURES: Final = ("second", "minute", "hour", "day", "week", "month")
PERIODS: Final = ("full week", "full month", "full quarter")
OUTCOMES: Final = ("open", "closed", "applies", "clear")

CONTINUING: Final = frozenset({
    "where", "except", "first", "per", "by", "looking back", "over last", "ending", "to", "up to", "down to", "half even to", "exact", "needs",
    "skip missing", "missing", "missing drop", "missing no score", "better higher", "better lower", "improvable", "with", "weighted by", "within",
    "weight", "when", "and", "or", "until", "moved to", "of", "in", "not in", "is", "is not", "assuming", "for every", "in all",
    "missing not counted", "above", "below", "for all when any has", "without",
    "over previous", "if at least", "recency", "among", "else by", "else all subjects",
})  # fmt: skip
"""Clause keywords: a line that begins with one, where the grammar takes it, goes on with the row before."""

STARTING: Final = frozenset({
    "ruleset", "version", "effective", "cites", "timezone", "years", "score", "at most", "subject", "events", "table", "param", "input", "population",
    "metric", "peer", "group", "stages", "total", "display", "tier", "hide", "gate", "sanction", "linked by", "always", "example",
})  # fmt: skip
"""Keywords that begin a statement."""

FOLLOWED_BY: Final = {"points": ("(",), "month": ("(",), "cases": ("{", "assumed", "假定")}
"""Where a name fits too, these words are keywords only before one of these texts."""


def spellings(keyword: str) -> tuple[str, ...]:
    """Every spelling of a keyword, the grammar's own first."""
    english, chinese = KEYWORDS[keyword]
    return (keyword, *english, *chinese)


def _by_first_word() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for keyword in KEYWORDS:
        for spelling in spellings(keyword):
            words = tuple(spelling.replace("，", ", ").split())
            found.setdefault(words[0], []).append((words, keyword))
    return {word: tuple(sorted(entries, key=lambda entry: -len(entry[0]))) for word, entries in found.items()}


BY_FIRST_WORD: Final = _by_first_word()
"""For a first word, every (words, keyword) that begins with it, longest first; keywords that begin with a comma stand under `,`."""
