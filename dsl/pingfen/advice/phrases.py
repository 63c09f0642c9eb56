"""The words of advice, in English and Chinese; the braces are filled by the caller."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, str]] = {
    "now": ("{name} is {value}; wanted: {wanted}", "{name} 为 {value}; 目标: {wanted}"),
    "at least": ("at least {value}", "不低于 {value}"),
    "hidden": ("not shown", "不展示"),
    "met": ("nothing is to be done", "无需改变"),
    "no levers": ("no metric of this ruleset can be moved from where it stands", "本规则集没有可从现状改进的指标"),
    "unreachable": ("this cannot be reached by the metrics that can be moved", "可改进的指标无法达到该目标"),
    "best": ("the highest score that can be reached is {score}, at a cost of {cost}", "可达到的最高评分为 {score}, 代价 {cost}"),
    "not certain": ("the search was cut short: there may be a cheaper way", "搜索未做完: 可能有代价更低的方案"),
    "none found": ("no way was found; the search was cut short, so there may be one", "未找到方案; 搜索未做完, 可能仍有方案"),
    "best found": ("the highest score that was found is {score}, at a cost of {cost}", "找到的最高评分为 {score}, 代价 {cost}"),
    "nothing better": ("no higher score can be reached either", "也无法达到更高的评分"),
    "way": ("way {number}: cost {cost}, then {name} is {value}", "方案 {number}: 代价 {cost}, 此后 {name} 为 {value}"),
    "move": ("{metric} from {present} to {value} (steps: {steps}, cost {cost})", "{metric} 由 {present} 到 {value} (步数 {steps}, 代价 {cost})"),
    "alone": ("by one metric alone: {moves}", "只靠一项指标: {moves}"),
    "no alone": ("no metric does it alone", "没有任何一项指标能单独做到"),
    "counted": ("such as {count} more of {source} that count in it", "例如再有 {count} 条计入的 {source}"),
    "not counted": ("such as {count} more of {source} that do not count in it", "例如再有 {count} 条不计入的 {source}"),
    "best value": ("such as {count} more of {source} with {value}", "例如再有 {count} 条为 {value} 的 {source}"),
    "like": ("{events}, like `{like}`", "{events}, 与 `{like}` 同类"),
    "best value like": ("{events}, otherwise like `{like}`", "{events}, 其余与 `{like}` 相同"),
    "way own": (
        "way {number}: cost {cost}, then {name} is {value} but for the linked closing",
        "方案 {number}: 代价 {cost}, 此后若无关联关停 {name} 为 {value}",
    ),
    "linked": (
        "{name} is {value} through {subjects} of the same {by}: {condition}; while that holds, no metric of this one changes it",
        "{name} 因同一{by}的 {subjects} 而 {value}: {condition}; 在此期间, 本主体的指标无法改变这一结果",
    ),
    "linked own": ("what it asks of this one is met", "本主体自身已满足其要求"),
    "by itself": ("if nothing happens, on {date}: {departure}", "若不再发生任何事件, {date}: {departure}"),
    "missing": ("{metric} is missing and cannot be moved step by step", "{metric} 缺, 无法逐步改进"),
    "outlook": ("if nothing happens:", "若不再发生任何事件:"),
    "day": ("{date}  {name} {value}", "{date}  {name} {value}"),
    "departure": ("{metric} {before} to {after}", "{metric} {before} 变为 {after}"),
    "leaves": ("{metric} {before} to {after} as {rows} leaves its period", "{metric} {before} 变为 {after} ({rows} 移出统计周期)"),
    "leave": (
        "{metric} {before} to {after} as {left} rows leave its period ({rows})",
        "{metric} {before} 变为 {after} ({left} 条移出统计周期: {rows})",
    ),
    "left": ("{metric} {before} to {after}, {rows} having left its period", "{metric} {before} 变为 {after} (此前 {rows} 移出统计周期)"),
    "given": ("values of peers and groups are taken as they are", "同行与关联主体的取值按现状计"),
}


def phrase(language: str, key: str, **values: object) -> str:
    """One phrase in `language` ("en" or "zh"), filled."""
    return PHRASES[key][language == "zh"].format(**values)
