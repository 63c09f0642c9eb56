"""Readable names and comments for a statement: subqueries and columns made on the way are called after the rules that they belong to.

Names are at most 63 bytes long, where PostgreSQL cuts them, and differ in more than case, which Spark does not see. A column never takes the name of a column
of the data, because ClickHouse would read the one for the other within one select.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from attrs import Factory, define
from sqlglot import exp

from ..plan.ruleset import Plan
from .scoring import Scoring
from .subjects import INPUTS, SUBJECTS

Commenting = Callable[[str], str]
LONGEST = 63
_RAW, _CLEAN = re.compile(r"v(\d+)_(.+)"), re.compile(r"(?:k\d+_)?c(\d+)_(\d+)")
_KNOWN, _WITH, _CARD = re.compile(r"k(\d+)_(\d+)"), re.compile(r"w(\d+)_(\d+)"), re.compile(r"card_(\d+)")
_OF_TABLE = re.compile(r"[kwj](\d+)_")


def name_readably(
    tree: exp.Select, plan: Plan, scoring: Scoring, raw_names: Mapping[str, list[str]], taken: Iterable[str], commenting: Commenting | None
) -> None:
    """Rename what the statement makes. `raw_names` are the ruleset's names of the raw columns of each table, `taken` the names of tables and columns of the
    data; `commenting` gives the comment of what a column is of, "" for none."""
    names = _Names(plan, dict(scoring.names), raw_names, {each.casefold() for each in taken})
    inner = tree.args.get("with_")
    chain = list(inner.expressions) if inner is not None else []
    for item in chain:
        names.choose_relation(item.alias)
    for alias in list(tree.find_all(exp.Alias)):
        names.choose_column(alias.alias)
        said = commenting(names.known.get(alias.alias, "")) if commenting is not None else ""
        if said:
            alias.add_comments([said.replace("*/", "* /").replace("/*", "/ *")])
    _rename(tree, names)


def _rename(tree: exp.Select, names: _Names) -> None:
    for item in list(tree.find_all(exp.Identifier)):
        parent = item.parent
        if isinstance(parent, exp.Table | exp.TableAlias) or (isinstance(parent, exp.Column) and item.arg_key == "table"):
            item.set("this", names.relations.get(item.name, item.name))
        elif item.name in names.columns:
            item.set("this", names.columns[item.name])
    for alias in list(tree.find_all(exp.Alias)):
        if isinstance(alias.this, exp.Column) and alias.this.name == alias.alias and not alias.this.table and not alias.comments:
            alias.replace(alias.this)


@define
class _Names:
    plan: Plan
    known: dict[str, str]
    raw_names: Mapping[str, list[str]]
    taken: set[str]
    used: dict[str, set[str]] = Factory(dict)
    relations: dict[str, str] = Factory(dict)
    columns: dict[str, str] = Factory(dict)

    def choose_relation(self, code: str) -> None:
        """A name for a subquery."""
        self.relations[code] = self._free("", self._relation(code))

    def choose_column(self, code: str) -> None:
        """A name for a column, unless it has one."""
        wanted = self._column(code)
        if wanted and code not in self.columns:
            self.columns[code] = self.columns[same] if (same := self._same(code)) in self.columns else self._free(self._space(code), wanted)

    def _same(self, code: str) -> str:
        """A column of known rows is that of the clean rows."""
        found = _CLEAN.fullmatch(code)
        return f"c{found[1]}_{found[2]}" if found else code

    def _relation(self, code: str) -> str:
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

    def _column(self, code: str) -> str:
        if found := _RAW.fullmatch(code):
            return f"{self.raw_names[found[2]][int(found[1])]}_given"
        if found := _CLEAN.fullmatch(code):
            return self.plan.events.tables[int(found[2])].columns[int(found[1])].name
        kind, _, name = self.known.get(code, "").strip().partition(" ")
        if not name:
            return ""
        plain = name.replace(".", "_").replace(" ", "_")
        return {"population": f"is_in_{plain}", "linked": f"{plain}_closed_by_link"}.get(kind, plain)

    def _space(self, code: str) -> str:
        """Columns of one table never meet those of another under their own names, nor those of the records; the first ones meet those of the data."""
        if found := _RAW.fullmatch(code):
            return f"source {found[2]}"
        if found := _CLEAN.fullmatch(code):
            return f"table {found[2]}"
        return f"table {found[1]}" if (found := _OF_TABLE.match(code)) else "records"

    def _free(self, space: str, wanted: str) -> str:
        """The name, cut and numbered where it must be."""
        used = self.used.setdefault(space, set(self.taken) if space == "" or space.startswith("source") else set())
        number, found = 1, _cut(wanted, LONGEST)
        while found.casefold() in used:
            number += 1
            found = f"{_cut(wanted, LONGEST - 1 - len(str(number)))}_{number}"
        used.add(found.casefold())
        return found


def _cut(name: str, length: int) -> str:
    return name.encode()[:length].decode(errors="ignore")
