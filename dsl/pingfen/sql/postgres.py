"""PostgreSQL's spelling, as tried on the engine: `/` of two 64-bit integers cuts toward zero; sums are cast back, or numeric would divide.

Text is ordered by COLLATE "C", because a database may have any collation. Subqueries are pulled up and their expressions repeated wherever a
column of theirs is used, which grows without bounds through several steps: OFFSET 0 keeps a step that makes columns as it is.
"""

from __future__ import annotations

from sqlglot import exp

from ..plan.quantity import INT64_HIGH
from .dialect import TimeForm
from .standard import BIGINT, Standard, months_of
from .trees import Tree, binary, text, wrapped

# the sum of 64-bit integers is a numeric, which is slow; that of 32-bit ones is counted in 64 bits without a check, which 2^41 of these would have to pass
NARROW = 2**22


class PostgreSQL(Standard):
    """The spelling of PostgreSQL 14 and later."""

    name = "postgres"
    generator = "postgres"

    settings = ("SET standard_conforming_strings = on",)

    def whole_quotient(self, numerator: Tree, denominator: Tree) -> Tree:
        return exp.Paren(this=exp.Div(this=wrapped(numerator), expression=wrapped(denominator), typed=True, safe=False))

    def total(self, value: Tree, most: int = INT64_HIGH) -> Tree:
        return super().total(value if most > NARROW else exp.Cast(this=value, to=exp.DataType.build("INT")), most)

    def by_bytes(self, value: Tree) -> Tree:
        return exp.Paren(this=exp.Collate(this=wrapped(value), expression=exp.to_identifier("C", quoted=True)))

    def seconds_of(self, value: Tree, form: TimeForm) -> Tree:
        # EXTRACT gives numeric, so that nothing is a binary float
        return value if form == "seconds" else exp.Cast(this=exp.Floor(this=_extracted("EPOCH", value)), to=BIGINT.copy())

    def text_of(self, raw: Tree) -> Tree:
        return self.by_bytes(super().text_of(raw))

    def month_of_days(self, days: Tree) -> Tree:
        start = exp.Cast(this=text("1970-01-01"), to=exp.DataType.build("DATE"))
        date = binary(exp.Add, start, exp.Cast(this=wrapped(days), to=exp.DataType.build("INT")))
        year, month = (exp.Cast(this=_extracted(part, date.copy()), to=BIGINT.copy()) for part in ("YEAR", "MONTH"))
        return months_of(year, month)

    def generate(self, tree: exp.Expr, *, pretty: bool = False) -> str:
        for select in tree.find_all(exp.Select):
            if len(select.expressions) > 1 and isinstance(select.expressions[0], exp.Star) and not select.args.get("offset"):
                select.set("offset", exp.Offset(expression=exp.Literal.number(0)))
        return super().generate(tree, pretty=pretty)


def _extracted(part: str, value: Tree) -> Tree:
    return exp.Extract(this=exp.var(part), expression=value)
