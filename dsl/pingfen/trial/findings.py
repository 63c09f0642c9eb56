"""What a trial found, as diagnostics at the places in the ruleset's text."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.language import Language
from ..plan.quantity import Type
from ..plan.ruleset import Claim, Plan
from ..plan.values import Value
from ..source import NOWHERE, Source, Span
from ..wording.values import written_value
from .outcome import Check, Counterexample, Refutation, Tried, TriedClaim, TriedExample

SpanOf = Callable[[object], Span]


def nowhere(node: object) -> Span:
    """For a plan without a text."""
    return NOWHERE


def findings_of(tried: Tried, language: Language, source: Source | None = None, span_of: SpanOf = nowhere) -> list[Diagnostic]:
    """A diagnostic for each value that differs, each row that is not clean and each claim that does not hold, with values in the words of `language`."""
    examples = [found for example in tried.examples for found in _of_example(tried.plan, example, language, span_of)]
    claims = [found for claim in tried.claims for found in _of_claim(tried.plan, claim, language, span_of)]
    return [Diagnostic(found.code, found.span, found.arguments, source=source) for found in (*examples, *claims)]


def _of_example(plan: Plan, tried: TriedExample, language: Language, span_of: SpanOf) -> Iterator[Diagnostic]:
    example, place = {"example": tried.example.name}, span_of(tried.example)
    for row in tried.unclean:
        yield Diagnostic("example-row-unclean", place, {**example, "table": row.table, "row": str(row.row), "reason": row.reason.text(language, "")})
    for check in tried.checks:
        if not check.passed:
            line = span_of(check.expectation)
            yield _of_check(plan, check, example, line if line.end else place, language)


def _of_check(plan: Plan, check: Check, example: dict[str, str], place: Span, language: Language) -> Diagnostic:
    if check.problem:
        return Diagnostic("example-subject-unknown" if check.subject else "example-subject-open", place, {**example, "subject": check.subject})
    name = f"{check.subject} {check.name}".strip()
    values = {"expected": _text(plan, check.type, check.expected, language), "got": _text(plan, check.type, check.got, language)}
    return Diagnostic("example-differs", place, {**example, "name": name, **values})


def _of_claim(plan: Plan, tried: TriedClaim, language: Language, span_of: SpanOf) -> Iterator[Diagnostic]:
    place = span_of(tried.claim)
    for refutation in tried.refutations:
        yield Diagnostic("claim-broken", place, broken_arguments(plan, tried.claim, refutation, language))
    if not tried.refutations and not tried.tried:
        yield Diagnostic("claim-untried", place, {"claim": tried.claim.text, "skipped": f"{tried.skipped:,}"})


def broken_arguments(plan: Plan, claim: Claim, refutation: Refutation, language: Language) -> dict[str, str]:
    """What `claim-broken` says of a counterexample, with values in the words of `language`."""
    found, kind = refutation.counterexample, claim.target.type
    results = [_text(plan, kind, result, language) for result in found.results]
    fields = [f"{found.field} {_field_text(plan, found, index, found.field, language)} -> " if found.field else "" for index in range(len(results))]
    where = [refutation.parameters, f"{claim.for_every} {refutation.choice}" if refutation.choice else ""]
    choice = "".join(f"{each}: " for each in where if each)
    return {
        "claim": claim.text,
        "results": choice + "; ".join(field + result for field, result in zip(fields, results, strict=True)),
        "record": _record_text(plan, found, language),
        "impossible": "; ".join(reason.text(language, "") for reason in found.impossible),
    }


def _record_text(plan: Plan, found: Counterexample, language: Language) -> str:
    """The record of a counterexample, by its differences from an example's where there is one."""
    names = found.differences if found.plain_name else [name for name in found.records[0] if name != found.field]
    fields = ", ".join(f"{name} {_field_text(plan, found, 0, name, language)}" for name in names)
    chinese = language == "zh"
    if not found.plain_name:
        return f"{'其中' if chinese else 'with'} {fields}" if fields else "任何记录" if chinese else "on any record"
    like = f"同样例 `{found.plain_name}`" if chinese else f"as in example `{found.plain_name}`"
    return f"{like}, {'但' if chinese else 'but'} {fields}" if fields else like


def _field_text(plan: Plan, found: Counterexample, index: int, name: str, language: Language) -> str:
    kind = next(field.type for field in plan.record.fields if field.name == name)
    return _text(plan, kind, found.records[index][name], language)


def _text(plan: Plan, kind: Type | None, value: Value, language: Language) -> str:
    return str(value) if kind is None else written_value(kind, value, language, plan.events.zone)
