"""Readable names for a statement: subqueries and columns made on the way are called after the rules that they belong to.

A statement is made with codes (`s0_1`, `card_x3`). Those that no rule has a name for stay, and no readable name is ever one of them; a readable name differs
from every other that one select could meet (see apart.py). What the data call their own stands behind placeholders until all names are chosen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from attrs import Factory, define, frozen
from sqlglot import exp

from ..plan.ruleset import Plan
from .apart import ANYWHERE, DATA, RECORDS, RELATIONS, RESULT, Spaces, given_space, table_space
from .subjects import INPUTS, SUBJECTS

_RAW, _CLEAN = re.compile(r"v(\d+)_(.+)"), re.compile(r"(?:k\d+_)?c(\d+)_(\d+)")
_KNOWN, _WITH, _CARD = re.compile(r"k(\d+)_(\d+)"), re.compile(r"w(\d+)_(\d+)"), re.compile(r"card_(\d+)")
_OF_TABLE, _OF_RECORDS = re.compile(r"[kw](\d+)_x\d+"), re.compile(r"card_x\d+|[ai]\d+")
_ATTRIBUTE, _BROUGHT = re.compile(r"a(\d+)"), re.compile(r"s\d+_a(\d+)")


@frozen
class Foreign:
    """Names that are not the statement's: those of the tables and columns of the data, and those that the result's columns have for people."""

    data: tuple[str, ...] = ()
    result: tuple[str, ...] = ()


def name_readably(tree: exp.Select, plan: Plan, known: Mapping[str, str], raw_names: Mapping[str, list[str]], foreign: Foreign) -> Names:
    """Rename what the statement makes. `known` says what columns are of (`metric late_share`), `raw_names` are the ruleset's names of the raw columns of each
    table. Gives the names by their codes."""
    return _name(tree, _Readable(plan, known, raw_names), foreign)


def name_apart(tree: exp.Select, data: Iterable[str]) -> None:
    """Keep the codes of a statement, but apart from the names of the data."""
    _name(tree, _Plain(), Foreign(tuple(data)))


@define
class Names:
    """The names of a statement by its codes, and those that are given out."""

    spaces: Spaces
    relations: dict[str, str] = Factory(dict)
    columns: dict[str, str] = Factory(dict)


class _Plain:
    """What codes are called where nothing is known of them."""

    def relation(self, code: str) -> str:
        """The name of a subquery."""
        return code

    def column(self, code: str) -> str:
        """The name of a column; "" where the code stays."""
        return code if _RAW.fullmatch(code) else ""

    def space(self, code: str) -> str:
        """Where the column's name is used."""
        found = _RAW.fullmatch(code)
        return given_space(found[2]) if found else ANYWHERE


@frozen
class _Readable(_Plain):
    """What codes are called by the rules."""

    plan: Plan
    known: Mapping[str, str]
    raw_names: Mapping[str, list[str]]

    def relation(self, code: str) -> str:
        tables = self.plan.events.tables
        if code.startswith("raw_"):
            label, _, step = code.removeprefix("raw_").rpartition("_")
            return f"{label}_source" if step == "0" else f"{label}_source_{step}"
        if code.startswith("clean_"):
            return f"{code.removeprefix('clean_')}_clean"
        if code.startswith("sums_"):
            return f"{tables[int(code.removeprefix('sums_'))].name}_by_{self.plan.record.subject.key}"
        if found := _KNOWN.fullmatch(code):
            return f"{tables[int(found[1])].name}_known" + (f"_{found[2]}" if found[2] != "0" else "")
        if found := _WITH.fullmatch(code):
            return f"{tables[int(found[1])].name}_counted_{found[2]}"
        if found := _CARD.fullmatch(code):
            return "records" if found[1] == "0" else f"scorecards_{found[1]}"
        return {"united": f"sums_by_{self.plan.record.subject.key}", SUBJECTS: "subjects", INPUTS: "inputs"}.get(code, code)

    def column(self, code: str) -> str:
        if found := _RAW.fullmatch(code):
            return f"{self.raw_names[found[2]][int(found[1])]}_given"
        if found := _CLEAN.fullmatch(code):
            return self.plan.events.tables[int(found[2])].columns[int(found[1])].name
        if found := _ATTRIBUTE.fullmatch(code):
            return self._attribute(found[1])
        if found := _BROUGHT.fullmatch(code):
            return f"{self._attribute(found[1])}_of_{self.plan.record.subject.key}"
        kind, _, name = self.known.get(code, "").strip().partition(" ")
        plain = name.replace(".", "_").replace(" ", "_") if name else "stage" if kind == "stage" else ""
        return {"population": f"is_in_{plain}", "linked": f"{plain}_closed_by_link", "closing": f"closed_by_{plain}"}.get(kind, plain)

    def _attribute(self, place: str) -> str:
        return self.plan.record.subject.attributes[int(place)].name

    def space(self, code: str) -> str:
        if found := _CLEAN.fullmatch(code):
            return table_space(found[2])
        if found := _OF_TABLE.fullmatch(code):
            return table_space(found[1])
        return RECORDS if _OF_RECORDS.fullmatch(code) else super().space(code)


def _name(tree: exp.Select, wording: _Plain, foreign: Foreign) -> Names:
    names = Names(Spaces())
    names.spaces.hold(DATA, foreign.data)
    names.spaces.hold(RESULT, foreign.result)
    codes = [_same(code) for code in dict.fromkeys(alias.alias for alias in tree.find_all(exp.Alias))]
    wanted = {code: wording.column(code) for code in dict.fromkeys(codes)}
    names.columns.update({code: names.spaces.choose(ANYWHERE, code) for code, name in wanted.items() if not name})
    for item in dict.fromkeys(each.name for each in tree.find_all(exp.TableAlias)):
        names.relations[item] = names.spaces.choose(RELATIONS, wording.relation(item))
    names.columns.update({code: names.spaces.choose(wording.space(code), name) for code, name in wanted.items() if name})
    _rename(tree, names)
    return names


def _same(code: str) -> str:
    """A column of known rows is that of the clean rows."""
    found = _CLEAN.fullmatch(code)
    return f"c{found[1]}_{found[2]}" if found else code


def _rename(tree: exp.Select, names: Names) -> None:
    for item in {id(each): each for each in tree.find_all(exp.Identifier)}.values():  # a piece of the tree may stand in several places
        parent = item.parent
        if isinstance(parent, exp.Table | exp.TableAlias) or (isinstance(parent, exp.Column) and item.arg_key == "table"):
            item.set("this", names.relations.get(item.name, item.name))
            item.set("quoted", True)
        elif isinstance(parent, exp.Column | exp.Alias):
            item.set("this", names.columns.get(_same(item.name), item.name))
    for alias in list(tree.find_all(exp.Alias)):
        if isinstance(alias.this, exp.Column) and alias.this.name == alias.alias and not alias.this.table and not alias.comments:
            alias.replace(alias.this)
