"""`frozen`: what makes a class of the plan, as `attrs.frozen` would, without importing attrs and without compiling.

An artifact must load and score within a few milliseconds of starting Python. Importing attrs takes as long as starting Python, and each class
compiles methods of its own; that is most of what a cold start may cost. So the classes of the plan share the methods below. To type checkers they are attrs
classes, and `attrs.evolve` and `attrs.fields` work on them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

_set = object.__setattr__


class Node:
    """Frozen; equal to a node of the same class with equal values."""

    __slots__ = ("__weakref__",)
    __match_args__: tuple[str, ...] = ()
    _defaults: dict[str, Any]

    def __init__(self, *values: Any, **named: Any) -> None:
        names = self.__match_args__
        if named or len(values) != len(names):
            values = _complete(type(self), values, named)
        for name, value in zip(names, values, strict=True):
            _set(self, name, value)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be set: plans are frozen")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be deleted: plans are frozen")

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.__match_args__)

    def __hash__(self) -> int:
        return hash((type(self), *(getattr(self, name) for name in self.__match_args__)))

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
        return f"{type(self).__name__}({values})"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), tuple(getattr(self, name) for name in self.__match_args__)


class _Attributes:
    """`__attrs_attrs__` of a class, made by attrs when somebody first asks."""

    def __get__(self, instance: object, owner: type[Node]) -> Any:
        import attrs

        written = attrs.make_class(owner.__name__, {name: attrs.field(default=owner._defaults.get(name, attrs.NOTHING)) for name in owner.__match_args__})
        owner.__attrs_attrs__ = attrs.fields(written)  # type: ignore[attr-defined]
        return owner.__attrs_attrs__  # type: ignore[attr-defined]


_Anything = TypeVar("_Anything")


def evolve(node: _Anything, **changes: Any) -> _Anything:
    """A copy of a node with other values."""
    names: tuple[str, ...] = type(node).__match_args__  # type: ignore[attr-defined]
    return type(node)(**({name: getattr(node, name) for name in names} | changes))


def _complete(cls: type[Node], values: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, ...]:
    names = cls.__match_args__
    given = dict(zip(names, values, strict=False))
    if len(values) > len(names) or named.keys() & given.keys() or named.keys() - set(names):
        raise TypeError(f"{cls.__name__} takes {', '.join(names)}")
    given = cls._defaults | given | named
    if len(given) < len(names):
        raise TypeError(f"{cls.__name__} lacks {', '.join(name for name in names if name not in given)}")
    return tuple(given[name] for name in names)


if TYPE_CHECKING:
    from attrs import frozen as frozen
else:

    def frozen(cls=None, *, repr=False):
        """Makes a class from a class body of annotated names and plain defaults. `repr` is attrs' option; every node has a readable one."""
        return _made if cls is None else _made(cls)

    def _made(cls):
        assert cls.__bases__ == (object,), "nodes inherit nothing"
        names = tuple(cls.__annotations__)
        body = {name: value for name, value in cls.__dict__.items() if name not in names and name not in ("__dict__", "__weakref__")}
        defaults = {name: cls.__dict__[name] for name in names if name in cls.__dict__}
        body |= {"__slots__": names, "__match_args__": names, "_defaults": defaults, "__attrs_attrs__": _Attributes()}
        return type(cls.__name__, (Node,), body)
