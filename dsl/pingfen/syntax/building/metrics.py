"""Builds populations, metrics, peer values and group values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Literal

from ...diagnostics.diagnostic import Problems
from ...node import evolve, frozen
from ...source import Span
from ..declarations import (
    AgeRow,
    AggregateText,
    Cite,
    Compared,
    EnoughClause,
    FirstStep,
    GroupLine,
    LabelText,
    LongerWindow,
    MetricLine,
    PeerLine,
    PopulationLine,
    RateText,
    RecencyClause,
    WhereStep,
    WindowClause,
)
from ..expressions import Expression, Name, NumberLiteral, Reference
from .clauses import NO_ROUNDING, Clause, cites_of, clause_of, gather, label_of, marked, only, span_of, word


@frozen
class Otherwise:
    """Whom to take for peers where they are too few: those with the same attribute, or all subjects (None)."""

    by: Name | None


def step_of(excluded: bool) -> Callable[..., WhereStep]:
    """A builder for `where c`, `except c`."""
    return lambda problems, span, condition: WhereStep(condition, excluded, span)


def first_step(problems: Problems, span: Span, count: NumberLiteral, *rest: Any) -> FirstStep:
    """`first 3 per buyer_id, month(t) by t looking back 31 days`."""
    *keys, by, looking_back = rest
    return FirstStep(count, tuple(keys), by, looking_back, span)


def population_line(problems: Problems, span: Span, name: Name, label: LabelText | None, source: Name, *rest: Any) -> PopulationLine:
    """`population p = orders where c`."""
    steps = tuple(item for item in rest if isinstance(item, WhereStep | FirstStep))
    return PopulationLine(name, label_of(label), source, steps, cites_of(rest), span)


def count_of(problems: Problems, span: Span, source: Name, condition: Expression | None) -> AggregateText:
    """`count of p with c`."""
    return AggregateText("count", source, condition, span=span)


def distinct_of(problems: Problems, span: Span, value: Expression, source: Name, condition: Expression | None) -> AggregateText:
    """`distinct count of x in p with c`."""
    return AggregateText("distinct", source, condition, value, span=span)


def aggregate_of(form: Literal["sum", "mean", "minimum", "maximum"]) -> Callable[..., AggregateText]:
    """A builder for `mean of x in p weighted by w with c`."""

    def build(problems: Problems, span: Span, value: Expression, source: Name, weight: Expression | None, condition: Expression | None) -> AggregateText:
        return AggregateText(form, source, condition, value, weight, span=span)

    return build


def share_of(problems: Problems, span: Span, condition: Expression, source: Name) -> AggregateText:
    """`share with c of p`."""
    return AggregateText("share", source, condition, span=span)


def rate(
    problems: Problems, span: Span, counted: Name, counted_with: Expression | None, per: Name, per_with: Expression | None, limits: Clause, beyond: Any
) -> RateText:
    """`rate of a with c per b with d within 0 .. 5 else cut`."""
    above = AggregateText("count", counted, counted_with, span=counted.span)
    below = AggregateText("count", per, per_with, span=per.span)
    return RateText(above, below, limits.value.low, limits.value.high, beyond, span)


def window(problems: Problems, span: Span, length: Expression, lag: Expression | None, by: Expression | None) -> WindowClause:
    """`over last 30 days ending 15 days ago by t`."""
    return WindowClause(length, lag, by, span=span)


def window_of_rows(
    problems: Problems, span: Span, length: Expression, inside: Expression | None, lag: Expression | None, by: Expression | None
) -> WindowClause:
    """`over last 500 rows within 90 days ending 15 days ago by t`."""
    return WindowClause(length, lag, by, "rows", inside, span=span)


def window_by_volume(problems: Problems, span: Span, length: Expression, enough: EnoughClause, *rest: Any) -> WindowClause:
    """`over last 30 days if at least 300 rows, else 90 days, else 180 days ending 15 days ago by t`."""
    *longer, lag, by = rest
    return WindowClause(length, lag, by, enough=enough, longer=tuple(longer), span=span)


def window_of_periods(problems: Problems, span: Span, length: NumberLiteral | None, form: Any, lag: Expression | None, by: Expression | None) -> WindowClause:
    """`over previous 3 full months by t`."""
    return WindowClause(length or NumberLiteral("1", span=span), lag, by, form, span=span)


def enough(problems: Problems, span: Span, least: NumberLiteral, source: Name | None) -> EnoughClause:
    """`if at least 300 rows of signed_orders`."""
    return EnoughClause(least, source, span)


def longer(problems: Problems, span: Span, length: Expression, enough: EnoughClause | None) -> LongerWindow:
    """`, else 90 days if at least 100 rows`."""
    return LongerWindow(length, enough, span)


def recency(problems: Problems, span: Span, assumed: Clause | None, *rows: AgeRow) -> Clause:
    """`recency { <= 30 days -> 4, else -> 1 }`."""
    return Clause("recency", RecencyClause(rows, bool(assumed), span), span)


def age_up_to(problems: Problems, span: Span, limit: Expression, weight: NumberLiteral) -> AgeRow:
    """`<= 30 days -> 4`."""
    return AgeRow(limit, weight, span)


def age_else(problems: Problems, span: Span, weight: NumberLiteral) -> AgeRow:
    """`else -> 1`."""
    return AgeRow(None, weight, span)


def metric_counted(
    problems: Problems, span: Span, name: Name, label: LabelText | None, made: AggregateText | RateText, over: WindowClause, *rest: Clause | Cite
) -> MetricLine:
    """`metric m = count of p over last 90 days ...`."""
    said = gather(problems, rest)
    if "missing" in said:
        if isinstance(made, AggregateText):
            made = evolve(made, missing=said["missing"])
        else:
            problems.report("misplaced-missing", span_of("missing", rest))
    return _metric(span, name, label, made, over, said, rest)


def metric_computed(problems: Problems, span: Span, name: Name, label: LabelText | None, made: Expression, *rest: Clause | Cite) -> MetricLine:
    """`metric m = cases { ... }`."""
    return _metric(span, name, label, made, None, gather(problems, rest), rest)


def _metric(span: Span, name: Name, label: LabelText | None, made: Any, over: WindowClause | None, said: dict[str, Any], rest: Any) -> MetricLine:
    how = said.get("to", NO_ROUNDING)
    return MetricLine(
        name,
        label_of(label),
        made,
        over,
        how.mode,
        how.step,
        how.exact,
        said.get("needs"),
        said.get("better", ""),
        said.get("improvable"),
        said.get("recency"),
        cites_of(rest),
        span,
    )


def compared(form: Literal["mean", "pooled", "median", "rank", "multiple"]) -> Callable[..., Compared]:
    """A builder for `mean of m` and its like."""
    return lambda problems, span, of: Compared(form, of, span=span)


def peer_top(problems: Problems, span: Span, share: NumberLiteral, of: Reference) -> Compared:
    """`top 10% of m`."""
    return Compared("top", of, share, span)


def peer_line(
    problems: Problems,
    span: Span,
    name: Name,
    label: LabelText | None,
    compared: Compared,
    category: Name,
    minimum: NumberLiteral,
    assumed: Clause | None,
    *rest: Otherwise | Clause | Cite,
) -> PeerLine:
    """`peer p = mean of m by category at least 20 subjects assumed else all subjects to 0.01 among c`."""
    said = gather(problems, rest)
    how = said.get("to", NO_ROUNDING)
    if how.exact:
        problems.report("exact-peer", how.span)
    if assumed:
        minimum = evolve(minimum, assumed=True)
    otherwise = tuple(item.by for item in rest if isinstance(item, Otherwise))
    return PeerLine(
        name,
        label_of(label),
        compared,
        category,
        minimum,
        otherwise,
        said.get("among"),
        said.get("better", ""),
        how.mode,
        how.step,
        said.get("improvable"),
        cites_of(rest),
        span,
    )


def else_by(problems: Problems, span: Span, by: Name) -> Otherwise:
    """`else by sector`."""
    return Otherwise(by)


def else_all(problems: Problems, span: Span) -> Otherwise:
    """`else all subjects`."""
    return Otherwise(None)


def group_line(problems: Problems, span: Span, name: Name, label: LabelText | None, kind: Any, of: Reference, by: Name, *cites: Cite) -> GroupLine:
    """`group g = lowest score by owner_id`."""
    return GroupLine(name, label_of(label), kind, of, by, cites, span)


BUILDERS: Final[dict[str, Callable[..., Any]]] = {
    "where_step": step_of(False),
    "except_step": step_of(True),
    "first_step": first_step,
    "looking_back": only,
    "population_line": population_line,
    "count_of": count_of,
    "distinct_of": distinct_of,
    "sum_of": aggregate_of("sum"),
    "mean_of": aggregate_of("mean"),
    "minimum_of": aggregate_of("minimum"),
    "maximum_of": aggregate_of("maximum"),
    "share_of": share_of,
    "rate": rate,
    "beyond_cut": word("cut"),
    "beyond_none": word("none"),
    "with": only,
    "weighted_by": only,
    "ending": only,
    "by": only,
    "window": window,
    "window_of_rows": window_of_rows,
    "window_by_volume": window_by_volume,
    "window_of_periods": window_of_periods,
    "inside": only,
    "enough": enough,
    "longer": longer,
    "full_weeks": word("weeks"),
    "full_months": word("months"),
    "full_quarters": word("quarters"),
    "recency": recency,
    "age_up_to": age_up_to,
    "age_else": age_else,
    "skip_missing": marked("missing", "skip"),
    "metric_counted": metric_counted,
    "metric_computed": metric_computed,
    "missing_value": clause_of("missing"),
    "among": clause_of("among"),
    "peer_mean": compared("mean"),
    "peer_pooled_mean": compared("pooled"),
    "peer_median": compared("median"),
    "peer_rank": compared("rank"),
    "peer_top": peer_top,
    "peer_multiple": compared("multiple"),
    "else_by": else_by,
    "else_all": else_all,
    "peer_line": peer_line,
    "lowest": word("lowest"),
    "highest": word("highest"),
    "group_line": group_line,
}
