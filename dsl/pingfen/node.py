"""`frozen` and `define`: classes of values as attrs makes them, without importing attrs and without compiling anything; and the walk over such values.

A check and an artifact must be there within milliseconds of starting Python. Importing attrs takes as long as starting Python, and each class compiles methods
of its own; for some hundred classes that is most of what a cold start may cost. So these classes share the methods below. To type checkers they are
attrs classes, and `attrs.evolve` and `attrs.fields` work on them. What the rest of attrs offers (converters, validators, inheritance) is not here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar


class Node:
    """Made of its values in order or by name; equal to one of the same class whose compared values are equal."""

    __slots__ = ("__weakref__",)
    __match_args__: tuple[str, ...] = ()
    _compared: tuple[str, ...] = ()
    _defaults: dict[str, Any]
    _setters: tuple[Callable[[object, Any], None], ...] = ()

    def __init__(self, *values: Any, **named: Any) -> None:
        setters = self._setters
        if named or len(values) != len(setters):
            values = _complete(type(self), values, named)
        for put, value in zip(setters, values):  # noqa: B905 (the lengths are equal, and `strict` takes time)
            put(self, value)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be set: it is frozen")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be deleted: it is frozen")

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self._compared)

    def __hash__(self) -> int:
        return hash((type(self), *(getattr(self, name) for name in self._compared)))

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._compared)
        return f"{type(self).__name__}({values})"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), tuple(getattr(self, name) for name in self.__match_args__)


class Changeable(Node):
    """The same, but its values may be set; so it has no hash."""

    __slots__ = ()
    __setattr__ = object.__setattr__  # type: ignore[assignment]
    __delattr__ = object.__delattr__
    __hash__ = None  # type: ignore[assignment]


class _Attributes:
    """`__attrs_attrs__` of a class, made by attrs when somebody asks."""

    def __get__(self, instance: object, owner: type[Node]) -> Any:
        import attrs

        written = attrs.make_class(owner.__name__, {name: attrs.field(default=owner._defaults.get(name, attrs.NOTHING)) for name in owner.__match_args__})
        return attrs.fields(written)


_Anything = TypeVar("_Anything")


def evolve(node: _Anything, **changes: Any) -> _Anything:
    """A copy of a node with other values."""
    names: tuple[str, ...] = type(node).__match_args__  # type: ignore[attr-defined]
    return type(node)(**({name: getattr(node, name) for name in names} | changes))


def nodes_in(root: object, without: str = "") -> Iterator[Node]:
    """The node itself and all nodes in it, in the order written; tuples are looked into. The values named `without` are left out."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, tuple):
            waiting += reversed(node)
        elif isinstance(node, Node):
            yield node
            waiting += [getattr(node, name) for name in reversed(node.__match_args__) if name != without]


def _complete(cls: type[Node], values: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, ...]:
    names = cls.__match_args__
    given = dict(zip(names, values, strict=False))
    if len(values) > len(names) or named.keys() & given.keys() or named.keys() - set(names):
        raise TypeError(f"{cls.__name__} takes {', '.join(names)}")
    given |= named
    lacking = [name for name in names if name not in given and name not in cls._defaults]
    if lacking:
        raise TypeError(f"{cls.__name__} lacks {', '.join(lacking)}")
    return tuple(given[name] if name in given else _fresh(cls._defaults[name]) for name in names)


def _fresh(default: Any) -> Any:
    return default.make() if type(default) is Factory else default


if TYPE_CHECKING:
    from attrs import Factory as Factory
    from attrs import define as define
    from attrs import field as field
    from attrs import frozen as frozen
else:

    class Factory:
        """A default that is made anew for each value."""

        def __init__(self, make):
            self.make = make

    class field:  # noqa: N801
        """A value with a default, or one that takes no part in equality."""

        def __init__(self, *, default=Ellipsis, eq=True, repr=True):
            self.default = default
            self.compared = eq

    def frozen(cls=None, *, slots=True, eq=True, repr=True):
        """Makes a class from a class body of annotated names; `slots=False` leaves room for cached properties. The options are those of attrs."""
        return _maker(Node, slots, eq) if cls is None else _made(cls, Node, True, True)

    def define(cls=None, *, slots=True, eq=True, repr=True):
        """The same for values that may be set."""
        return _maker(Changeable, slots, eq) if cls is None else _made(cls, Changeable, True, True)

    def _maker(base, slots, eq):
        return lambda cls: _made(cls, base, slots, eq)

    def _made(cls, base, slots, eq):
        assert cls.__bases__ == (object,), "a node inherits nothing"
        names = tuple(cls.__annotations__)
        fields = {name: cls.__dict__[name] for name in names if name in cls.__dict__}
        body = {name: value for name, value in cls.__dict__.items() if name not in names and name not in ("__dict__", "__weakref__")}
        written = {name: value for name, value in fields.items() if isinstance(value, field)}
        body["__slots__"] = names if slots else (*names, "__dict__")
        body["__match_args__"] = names
        body["_compared"] = tuple(name for name in names if name not in written or written[name].compared)
        body["_defaults"] = {name: written[name].default if name in written else value for name, value in fields.items()}
        body["_defaults"] = {name: value for name, value in body["_defaults"].items() if value is not Ellipsis}
        body["__attrs_attrs__"] = _Attributes()
        if not eq:
            body |= {"__eq__": object.__eq__, "__hash__": object.__hash__}
        made = type(cls.__name__, (base,), body)
        made._setters = tuple(made.__dict__[name].__set__ for name in names)
        return made
