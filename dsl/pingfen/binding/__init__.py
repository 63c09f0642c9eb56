"""Binding: every name of a ruleset belongs to one declaration, and declarations stand in an order in which each reads only earlier ones."""

from .binder import Bound, bind

__all__ = ["Bound", "bind"]
