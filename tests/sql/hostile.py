"""One ruleset with every kind of name, and the same ruleset with names that statements make for themselves."""

from __future__ import annotations

import re
from functools import lru_cache
from random import Random

from sqlglot import exp

from pingfen.command.sql_tables import usual
from pingfen.pipeline import compile_source
from pingfen.plan.ruleset import Plan
from pingfen.source import Source
from pingfen.sql.dialects import dialect_of
from pingfen.sql.statement import build_statement
from pingfen.sql.typed import SourceColumn, SourceTable, wanted_of
from pingfen.sql.validation import build_validation
from pingfen.syntax.keywords import BY_FIRST_WORD

# every name begins with the letter of its space: names of one space differ, and those of the first events from the fields, which are read beside them
RULESET = """
ruleset hostile.names
version "1"
effective from 2026-01-01
cites "made up"
timezone "America/New_York"
years 2025 .. 2027
score 0.00 .. 100.00

subject f_shop {
  f_industry  text optional
  f_owner     text optional
  f_opened    date
}

events t_orders {
  o_order   text  key
  o_shop    text  subject
  o_paid    time  happens
  o_buyer   text  optional
  o_stars   number 1 .. 5  optional
  o_amount  money -1000.00 .. 1000.00
  o_late    flag
  o_signed  time  optional
  o_wait    duration optional = o_paid until o_signed, at least 0 hours
  o_kind    one of done, undone
}
events t_refunds {
  p_refund  text  key
  p_order   text  refers to t_orders
  p_asked   time  happens
  p_paid    flag
}
events t_visits {
  q_visit   text  key
  q_shop    text  subject
  q_at      time  happens
}
input f_manual number 0 .. 9 optional

population t_good  = t_orders where o_kind is done
population t_first = t_good first 2 rows per o_buyer by o_paid looking back 10 days
population t_own   = t_orders where f_industry given and f_industry is not "b"
population t_paid  = t_refunds where p_paid

metric f_volume  = count of t_orders over last 60 days
metric f_visits  = count of t_visits over last 60 days
metric f_amount  = sum of o_amount in t_good over last 60 days
metric f_stars   = mean of o_stars in t_orders over last 60 days to 0.01 skip missing
metric f_waited  = maximum of o_wait in t_orders over last 60 days
metric f_late    = share with o_late of t_orders over last 5 rows to 0.01%
metric f_repaid  = share with any t_paid of t_orders over last 60 days to 0.01%
metric f_claims  = count of t_refunds with p_order.o_late over last 60 days
metric f_fresh   = share with o_late of t_first over last 5 days if at least 3 rows, else 60 days to 0.01% needs 1
metric f_owned   = count of t_own over last 60 days
metric f_exact   = share with o_late of t_good over last 60 days exact

peer f_rank   = rank rate of f_stars by f_industry at least 2 subjects else all subjects to 0.01%
peer f_middle = median of f_volume by f_owner at least 2 subjects to 0.01
peer f_many   = multiple of mean of f_visits by f_industry at least 1 subjects to 0.01

stages {
  s_quiet when f_volume < 1 no score
  s_main  else full
}
total missing drop {
  part f_one weight 60% = curve f_volume { 0 -> 0, 20 -> 100 }
  part f_two weight 30% = points(f_rank) {
    deduct 3 per f_claims, no more than 15 in all
    bonus 2 when f_late given and f_late < 50%
  }
  part f_three weight 10% = curve f_amount { -1000 -> 0, 1000 -> 100 }
  protect at least 20 when f_visits >= 1
  cap at most 90 when f_owned > 0
}
display f_four = f_stars to 0.1
display f_five = f_middle + f_volume to 0.1
gate f_open open when score >= 30 and f_volume >= 2, closed without a score
sanction f_slow applies when (f_waited given and f_waited > 5 hours) or (f_exact given and f_exact >= 50%) or f_opened < 2026-03-01
sanction f_new applies when (f_manual given and f_manual > 5) or (f_many given and f_many > 1.00) or (f_fresh given and f_fresh < 20%)
tier f_tier of low, high = cases { low when f_repaid missing, high when f_repaid < 50%, else low }
group f_worst = lowest score by f_owner
linked by f_owner { close f_open for all when any has f_worst given and f_worst < 30 }
"""
_SLOT = re.compile(r"\b[foptqs]_[a-z]+\b")
_QUOTED, _NAME = re.compile(r'["`]([^"`\n]+)["`]'), re.compile(r"[^\W\d]\w*")
AS_OF = 20574
CONSTANTS = {"ruleset": "hostile.names", "version": "1", "digest": "sha256:0", "as_of": "2026-05-01"}
SPACES = ("fo", "p", "t", "q", "s")


def plan_of(text: str) -> Plan:
    """The plan of a text without errors."""
    compiled = compile_source(Source("hostile.pf", text))
    assert compiled.plan is not None, [each.code for each in compiled.diagnostics]
    return compiled.plan


def printed(plan: Plan, engine: str) -> str:
    """The statement and the validation of an engine's tables as `pingfen sql` prints them."""
    sources = sources_of(plan)
    spell = dialect_of(engine)
    statement = build_statement(plan, AS_OF, spell, sources, natural=CONSTANTS)
    return "\n".join([statement.text, *(spell.generate(query, pretty=True) for query in build_validation(plan, spell, sources).values())])


def sources_of(plan: Plan) -> dict[str, SourceTable]:
    """Tables of the usual types, called as in the ruleset."""
    made = {}
    for label, columns in wanted_of(plan).items():
        read = {name: SourceColumn(name, usual(kind)) for name, kind in columns.items()}
        made[label] = SourceTable(exp.Table(this=exp.to_identifier(label, quoted=True)), read)
    return made


@lru_cache
def codes() -> tuple[str, ...]:
    """What statements call their own steps and columns: every quoted name of the printed ones that a ruleset could have too."""
    found = {name for engine in ("duckdb", "clickhouse") for name in _QUOTED.findall(printed(plan_of(RULESET), engine)) if _NAME.fullmatch(name)}
    return tuple(sorted(name for name in found if not _SLOT.fullmatch(name) and name not in BY_FIRST_WORD))


def drawn(random: Random) -> tuple[str, dict[str, str]]:
    """The ruleset with names that its statements have for themselves, some in another case or so long that they are cut, and such names for the data's own
    tables and columns."""
    slots = sorted(set(_SLOT.findall(RULESET)))
    names: dict[str, str] = {}
    for space in SPACES:
        own = [slot for slot in slots if slot[0] in space]
        names |= dict(zip(own, _different(random, len(own)), strict=True))
    text = _SLOT.sub(lambda found: names[found[0]], RULESET)
    read = dict.fromkeys([*names.values(), "subjects", "inputs"])
    return text, dict(zip(read, _different(random, len(read), short=True), strict=True))


def _different(random: Random, count: int, *, short: bool = False) -> list[str]:
    """Different names; `short` for those of the data, which no engine cuts and which differ in more than case."""
    found: dict[str, str] = {}
    while len(found) < count:
        name = random.choice(codes())
        name = random.choice([name, name, name, name.upper(), name.capitalize(), f"{name}_2", *[f"{name}_{'x' * 70}{random.randint(0, 9)}"] * (not short)])
        found.setdefault(name.lower() if short else name, name)
    return list(found.values())
