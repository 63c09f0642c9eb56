"""The scorecards of several dates in one select, where nothing of a scorecard looks beyond its subject: each subject on each date is then a subject of its own.

One select of many rows takes a fraction of the time of many selects of few, each of which is parsed, bound and optimized. The name of a subject begins with the
place of its date, so the scorecards come date by date, in the order in which each date's would.
"""

from __future__ import annotations

from collections.abc import Collection

import pyarrow as pa
import pyarrow.compute as pc
from attrs import Factory, define
from sqlglot import exp

from ..sql.scoring import Scoring
from ..sql.subjects import SUBJECT, SUBJECTS
from ..sql.trees import aliased, column, relation, text
from ..warehouse.session import Session

MOST = 2_000_000
"""Scorecards that are made at once, about a gigabyte."""
_WIDTH = 6


@define(eq=False)
class DatesTogether:
    """Gathers what the scorecards of dates read, and makes them at once; `lengths` are how many each date has."""

    session: Session
    scoring: Scoring
    lengths: list[int] = Factory(list)

    @property
    def is_full(self) -> bool:
        """Whether so much is gathered that it should be made."""
        return sum(self.lengths) >= MOST

    def add(self) -> None:
        """Gather the relations of a date as they stand."""
        for name in _relations(self.scoring):
            named = exp.DPipe(this=text(f"{len(self.lengths):0{_WIDTH}}"), expression=column(SUBJECT), safe=True)
            select = exp.Select(expressions=[exp.Star(replace=[aliased(named, SUBJECT)])]).from_(relation(name))
            if self.lengths:
                self.session.run(exp.Insert(this=relation(_gathered(name)), expression=select))
            else:
                self.session.keep(_gathered(name), select)
        count = exp.Select(expressions=[exp.Count(this=exp.Star())]).from_(relation(SUBJECTS))
        self.lengths.append(int(self.session.rows(count)[0][0]))

    def make(self) -> list[pa.Table]:
        """The scorecards of each date that was gathered, which are forgotten."""
        names = _relations(self.scoring)
        cards = self.scoring.cards.copy()
        for table in list(cards.find_all(exp.Table)):
            if table.name in names:
                table.replace(relation(_gathered(table.name), table.alias_or_name))
        raw = self.session.arrow(cards)
        assert raw.num_rows == sum(self.lengths), "a subject of a date has no scorecard, or several"
        place = next(index for index, item in enumerate(self.scoring.shown) if item.kind == "subject")
        raw = raw.set_column(place, raw.column_names[place], pc.utf8_slice_codeunits(raw.column(place), _WIDTH))
        made, start = [], 0
        for length in self.lengths:
            made.append(raw.slice(start, length))
            start += length
        self.lengths.clear()
        return made


def may_be_together(scoring: Scoring, *, inputs_given: bool) -> bool:
    """Whether scorecards read nothing of other subjects, and nothing that is by subject alone."""
    cards = scoring.cards
    return not inputs_given and cards.find(exp.Window, exp.Group, exp.Subquery) is None and len(_relations(scoring)) == len(_read(scoring))


def _relations(scoring: Scoring) -> list[str]:
    """The relations that scorecards read and that are of a date."""
    return [name for name in _read(scoring) if name in {*scoring.sums, SUBJECTS}]


def _read(scoring: Scoring) -> list[str]:
    steps: Collection[str] = {item.alias for item in scoring.cards.find_all(exp.CTE)}
    return list(dict.fromkeys(table.name for table in scoring.cards.find_all(exp.Table) if table.name not in steps))


def _gathered(name: str) -> str:
    return f"together_{name}"
