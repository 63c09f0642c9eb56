"""The words of explanations, in English and Chinese."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, str]] = {
    "value": ("value", "取值"),
    "rounding": ("rounding", "舍入"),
    "range": ("kept within {low} .. {high}", "限于 {low} .. {high}"),
    "range low": ("kept at or above {low}", "不低于 {low}"),
    "range high": ("kept at or below {high}", "不高于 {high}"),
    "deduct": ("deduction", "扣分"),
    "bonus": ("bonus", "加分"),
    "protect": ("protection", "保护"),
    "cap": ("cap", "封顶"),
    "own range": ("range", "范围"),
    "at least": ("at least {amount}", "不低于 {amount}"),
    "at most": ("at most {amount}", "不高于 {amount}"),
    "per": ("{amount} × {per} {count}", "{amount} × {per} {count}"),
    "most": (", no more than {most} in all", ", 合计不超过 {most}"),
    "when": (", because {condition}", ", 因为 {condition}"),
    "weighted": ("{value} × {weight}", "{value} × {weight}"),
    "rescaled": ("{value} × {weight} / {whole}", "{value} × {weight} / {whole}"),
    "dropped": ("missing; its weight {weight} goes to the rest", "缺; 其权重 {weight} 分给其余各项"),
    "substituted": ("missing; counts as {value}", "缺; 按 {value} 计"),
    "not best": ("{value} is not the best", "{value} 不是最高"),
    "best": ("the best of {count}", "{count} 项中最高"),
    "stage": ("stage {stage}", "阶段 {stage}"),
    "no parts": ("stage {stage} makes no parts", "阶段 {stage} 不计算各项"),
    "no score": ("stage {stage} gives no score", "阶段 {stage} 不评分"),
    "band": ("{subject} {value} falls in {band}", "{subject} {value} 落在 {band}"),
    "else": ("{subject} {value} falls in no band before `else`", "{subject} {value} 不在以上各档, 取其他"),
    "missing": ("{subject} is missing", "{subject} 缺"),
    "between": (
        "{subject} {value} lies between {low} ({low_value}) and {high} ({high_value})",
        "{subject} {value} 介于 {low} ({low_value}) 与 {high} ({high_value}) 之间",
    ),
    "before": ("{subject} {value} is at or before the first point {point} ({point_value})", "{subject} {value} 不超过首点 {point} ({point_value})"),
    "after": ("{subject} {value} is at or past the last point {point} ({point_value})", "{subject} {value} 不低于末点 {point} ({point_value})"),
    "case": ("because {condition}", "因为 {condition}"),
    "no case": ("no case before `else` holds", "以上各情形均不成立"),
    "table": ("table {table}: {column} for {keys}", "表 {table}: {keys} 的 {column}"),
    "formula": ("{formula}", "{formula}"),
    "field": ("{subject} is {value}", "{subject} 为 {value}"),
    "too few": ("too little of it is given", "给出的部分不足"),
    "without": ("{subject} is missing, so {outcome}", "{subject} 缺, 因此{outcome}"),
    "linked": ("{outcome} by a linked account", "因关联账号而{outcome}"),
    "forced": ("forced to {outcome} because {condition}", "强制为 {outcome}, 因为 {condition}"),
    "hidden": ("not shown", "不展示"),
    "against": ("{score} {value}, against {top}", "{score} {value}, 与 {top} 相比"),
    "cause": ("{subject}: {cause}", "{subject}: {cause}"),
    "lacking": ("missing", "缺"),
    "dropped parts": ("weights of missing parts", "缺项的权重"),
    "other part": ("{subject}: {other} can reach more", "{subject}: {other}可达到更高"),
    "beyond": ("what the parts cannot reach", "各项合计与满分之差"),
    "no number": ("none", "缺"),
}


def phrase(language: str, key: str, **values: object) -> str:
    """The phrase of a key in a language, its braces filled."""
    return PHRASES[key][language == "zh"].format(**values)
