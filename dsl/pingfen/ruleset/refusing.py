"""The diagnostics of a record that is refused: one for each field, with the value and what was wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, assert_never

from ..diagnostics.diagnostic import Diagnostic
from ..plan.quantity import Exact, Numeric, Truth, Type, Words
from ..plan.record import Field
from ..plan.values import numeric_text

if TYPE_CHECKING:
    from .intake import Refusal


def diagnostics_of(fields: Sequence[Field], refused: Sequence[tuple[Field, Refusal]], metrics: Mapping[str, Any]) -> list[Diagnostic]:
    """Everything that is wrong with a record: refused fields in their order, then unknown names."""
    known = [field.name for field in fields]
    unknown = [name for name in metrics if name not in known]
    return [*(_refused(field, refusal, metrics) for field, refusal in refused), *(_unknown(str(name), known) for name in unknown)]


def _refused(field: Field, refusal: Refusal, metrics: Mapping[str, Any]) -> Diagnostic:
    kind = field.type
    arguments = {"name": field.name, "value": shown(metrics.get(field.name)), "wanted": wanted(kind), **refusal.arguments}
    match kind:
        case Numeric():
            arguments |= {"low": numeric_text(kind, kind.low), "high": numeric_text(kind, kind.high)}
        case Exact():
            arguments |= {"low": f"{kind.low} of {kind.most}", "high": f"{kind.high} of {kind.most}"}
        case Words():
            arguments |= {"names": ", ".join(kind.options), "near": _nearest(arguments["value"], kind.options)}
        case Truth():
            pass
        case _:
            assert_never(kind)
    return Diagnostic(refusal.code, arguments=arguments)


def _unknown(name: str, known: Sequence[str]) -> Diagnostic:
    return Diagnostic("unknown-field", arguments={"name": name, "near": _nearest(name, known), "names": ", ".join(known)})


def _nearest(name: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, known, 1)), "")


def shown(value: Any) -> str:
    """A value from outside, as short text."""
    text = "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def wanted(kind: Type) -> str:
    """What a field takes, by the values themselves."""
    match kind:
        case Numeric():
            return f"{numeric_text(kind, kind.low)} .. {numeric_text(kind, kind.high)}"
        case Exact():
            return "199 of 20000"
        case Words(options=()):
            return '"…"'
        case Words(options=options):
            return " | ".join(options)
        case Truth():
            return "true | false"
        case _:
            assert_never(kind)
