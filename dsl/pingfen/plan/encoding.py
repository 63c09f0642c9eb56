"""The plan as JSON: `encode` a node, `decode` it again, canonical bytes and their digest.

A node is an object with its class under `is` and exactly its fields; a tuple is an array. Decoding reads what strangers wrote: only the classes that a
field declares are made, every value is checked against its declared type, nesting is bounded, and the first thing that does not fit is refused with its path.
Parts of a plan decode on their own (`decode(document, RecordPlan)`), so that scoring need not read events, examples or claims.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

from ..node import Node

Json = dict[str, Any] | list[Any] | str | int | bool | None
DEEPEST = 120
LARGEST = 2**127

_Decoder = Callable[[Any, int], Any]
_Kind = TypeVar("_Kind")


class MalformedPlanError(Exception):
    """A document that is no plan: `path` leads to the place (`record.numbers.3.value`), `reason` names what is wrong there."""

    def __init__(self, reason: str, path: tuple[str, ...] = ()) -> None:
        super().__init__(reason, path)
        self.reason = reason
        self.path = path

    @property
    def place(self) -> str:
        """The path as text."""
        return ".".join(self.path)

    def within(self, step: str) -> MalformedPlanError:
        """The same refusal, seen from one level further out."""
        return MalformedPlanError(self.reason, (step, *self.path))


def encode(value: object) -> Json:
    """The JSON form of a node, or of a tuple or plain value inside one."""
    if isinstance(value, Node):
        fields = {name: encode(getattr(value, name)) for name in value.__match_args__}
        return {"is": type(value).__name__, **fields}
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    assert value is None or isinstance(value, (str, int)), value
    return value


def decode(document: Json, kind: type[_Kind]) -> _Kind:
    """The node of class `kind` that the document stands for. Raises MalformedPlanError."""
    decoder: Any = _decoder_of_class(kind)  # type: ignore[arg-type]
    node: _Kind = decoder(document, 0)
    return node


def canonical(document: Json) -> bytes:
    """The one spelling of a document: sorted keys, no spaces, UTF-8. Raises MalformedPlanError for text that is not Unicode."""
    try:
        return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
    except (UnicodeEncodeError, ValueError) as problem:
        raise MalformedPlanError("text that is not Unicode") from problem


def digest(document: Json) -> str:
    """SHA-256 of the canonical bytes, as `sha256:` and 64 hexadecimal digits."""
    return f"sha256:{hashlib.sha256(canonical(document)).hexdigest()}"


_of_class: dict[type[Node], _Decoder] = {}
_of_annotation: dict[tuple[str, str], _Decoder] = {}


def _decoder_of_class(kind: type[Node]) -> _Decoder:
    if kind not in _of_class:
        _of_class[kind] = _class_decoder(kind)
    return _of_class[kind]


def _class_decoder(kind: type[Node]) -> _Decoder:
    fields: list[tuple[str, _Decoder]] = []
    names = {"is", *kind.__match_args__}

    def decode_node(document: Any, depth: int) -> Node:
        if type(document) is not dict or document.get("is") != kind.__name__:
            raise MalformedPlanError("a value of another kind")
        if depth > DEEPEST:
            raise MalformedPlanError("nested too deeply")
        if document.keys() != names:
            raise _odd_name(document, names)
        if not fields:
            fields.extend((name, _decoder_of(kind, name)) for name in kind.__match_args__)
        return kind(*[_decode_step(document[name], name, decoder, depth + 1) for name, decoder in fields])

    return decode_node


def _odd_name(document: dict[str, Any], names: set[str]) -> MalformedPlanError:
    unknown = sorted(document.keys() - names)
    if unknown:
        return MalformedPlanError("an unknown name", (unknown[0],))
    return MalformedPlanError("a missing name", (min(names - document.keys()),))


def _decode_step(document: Any, step: str, decoder: _Decoder, depth: int) -> Any:
    try:
        return decoder(document, depth)
    except MalformedPlanError as problem:
        raise problem.within(step) from None


def _decoder_of(kind: type[Node], field: str) -> _Decoder:
    key = kind.__module__, kind.__annotations__[field]
    if key not in _of_annotation:
        _of_annotation[key] = _hint_decoder(eval(key[1], vars(sys.modules[key[0]])))
    return _of_annotation[key]


def _hint_decoder(hint: Any) -> _Decoder:
    """The decoder of a declared type: a node's class, int, str, bool, None, a Literal of texts, a tuple, or a union of these."""
    origin = get_origin(hint)
    if origin is Literal:
        return _literal_decoder(get_args(hint))
    if origin is tuple:
        return _tuple_decoder(get_args(hint))
    if origin is UnionType or origin is Union:
        return _union_decoder(get_args(hint))
    if issubclass(hint, Node):
        return _decoder_of_class(hint)
    return _plain_decoder(hint)


def _plain_decoder(kind: type) -> _Decoder:
    def decode_plain(document: Any, depth: int) -> Any:
        if type(document) is not kind:
            raise MalformedPlanError("a value of another kind")
        if isinstance(document, int) and not -LARGEST <= document <= LARGEST:
            raise MalformedPlanError("a number too large")
        return document

    return decode_plain


def _literal_decoder(allowed: tuple[str, ...]) -> _Decoder:
    def decode_literal(document: Any, depth: int) -> Any:
        if type(document) is not str or document not in allowed:
            raise MalformedPlanError("a value of another kind")
        return document

    return decode_literal


def _tuple_decoder(hints: tuple[Any, ...]) -> _Decoder:
    many = hints[-1] is Ellipsis
    decoders = [_hint_decoder(hint) for hint in hints if hint is not Ellipsis]

    def decode_tuple(document: Any, depth: int) -> Any:
        if type(document) is not list or not (many or len(document) == len(decoders)):
            raise MalformedPlanError("a value of another kind")
        each = decoders * len(document) if many else decoders
        return tuple([_decode_step(item, str(index), each[index], depth) for index, item in enumerate(document)])

    return decode_tuple


def _union_decoder(hints: tuple[Any, ...]) -> _Decoder:
    """Which member is meant follows from the JSON alone: an object's `is`, a list, or the plain type."""
    nodes = {hint.__name__: hint for hint in hints if isinstance(hint, type) and issubclass(hint, Node)}
    plain = {list if get_origin(hint) is tuple else hint: _hint_decoder(hint) for hint in hints if hint not in nodes.values()}

    def decode_union(document: Any, depth: int) -> Any:
        kind = type(document)
        if kind in plain:
            return plain[kind](document, depth)
        name = document.get("is") if kind is dict else None
        if type(name) is not str or name not in nodes:
            raise MalformedPlanError("a value of another kind")
        return _decoder_of_class(nodes[name])(document, depth)

    return decode_union
