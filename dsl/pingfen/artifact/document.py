"""What an artifact holds: one JSON object for one ruleset version.

    format     the version of this format
    digest     SHA-256 over format, plan, schema and examples, in canonical JSON
    plan       the plan without its examples
    schema     JSON Schema of the record, and the schemas of the event tables; for readers, since scoring reads the plan's exact ranges
    examples   the examples, as test vectors
    sections   by name, each with its own checksum: `source map`, `proofs`, `origin` (tool version, parameters); none of them changes the digest

The same plan gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Protocol

from ..node import Node
from ..plan.encoding import Json, canonical, digest, encode
from ..plan.ruleset import Plan
from ..plan.schema import record_schema, table_schemas
from ..release import VERSION
from ..source import Source, Span
from .reading import FORMAT


class Spans(Protocol):
    """Where the nodes of a plan were written; None for a node that stands for no text of its own."""

    def span_of(self, node: object) -> Span | None: ...


def digested_part(plan: Plan) -> dict[str, Any]:
    """What the digest covers."""
    document = encode(plan)
    assert isinstance(document, dict)
    examples = document.pop("examples")
    schema = {"record": _in_floats(record_schema(plan)), "tables": table_schemas(plan)}
    return {"format": FORMAT, "plan": document, "schema": schema, "examples": examples}


def _in_floats(schema: Any) -> Any:
    """The schema as every reader of JSON reads it: a bound that no float says is the nearest one, which the format has always held."""
    if isinstance(schema, dict):
        return {key: _in_floats(value) for key, value in schema.items()}
    return [_in_floats(each) for each in schema] if isinstance(schema, list) else float(schema) if isinstance(schema, Decimal) else schema


def digest_of(plan: Plan) -> str:
    """The digest of a plan, the same whether it stands in an artifact or not."""
    return digest(digested_part(plan))


def artifact_bytes(
    plan: Plan, source: Source | None = None, spans: Spans | None = None, parameters: Mapping[str, str] | None = None, proofs: Json = None
) -> bytes:
    """The artifact of a plan; `source` and `spans` give it a source map, `parameters` are those given from outside, `proofs` what was proved of it."""
    content = digested_part(plan)
    sections: dict[str, Json] = {"origin": {"tool": f"pingfen {VERSION}", "parameters": dict(parameters or {})}, "proofs": proofs or {}}
    if source is not None and spans is not None:
        sections["source map"] = source_map(plan, source, spans)
    signed = {name: {"checksum": digest(section), "content": section} for name, section in sections.items()}
    return canonical({**content, "digest": digest(content), "sections": signed}) + b"\n"


def source_map(plan: Plan, source: Source, spans: Spans) -> Json:
    """For each node by its path in the plan (`record.numbers.3.value`): first and last line and column, counted from 1, the last excluded."""
    places: dict[str, Json] = {}
    _collect(plan, "", source, spans, places)
    return {"file": source.name.replace("\\", "/").rsplit("/", 1)[-1], "text": digest(source.text), "places": places}


def _collect(value: object, path: str, source: Source, spans: Spans, places: dict[str, Json]) -> None:
    if isinstance(value, Node):
        span = spans.span_of(value)
        if span is not None and span.end > span.start:
            ends = (span.start, span.end)
            places[path] = [number for offset in ends for number in (source.line_of(offset), source.column_of(offset))]
        for name in value.__match_args__:
            _collect(getattr(value, name), f"{path}.{name}" if path else name, source, spans, places)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            _collect(item, f"{path}.{index}", source, spans, places)
