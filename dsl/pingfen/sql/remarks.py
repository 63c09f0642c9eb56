"""Comments of a statement: beside the first column that a rule makes stand the rule's own words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from sqlglot import exp

Commenting = Callable[[str], str]
"""Gives the words of what a column is of (`metric volume`), "" for none."""


def remark(tree: exp.Select, notes: Mapping[str, Sequence[str]], commenting: Commenting) -> None:
    """Comment the columns of a statement that still has its codes; `notes` say what each is of. Each rule is told once."""
    told: set[str] = set()
    for alias in _in_order(tree):
        for said in (commenting(of) for of in notes.get(alias.alias, ())):
            if said and said not in told:
                told.add(said)
                alias.add_comments([harmless(said)])


def harmless(words: str) -> str:
    """Words that neither begin nor end a comment."""
    return words.replace("*/", "* /").replace("/*", "/ *")


def _in_order(tree: exp.Select) -> Iterator[exp.Alias]:
    """The columns as they are made, the statement's own last."""
    inner = tree.args.get("with_")
    for item in inner.expressions if inner is not None else []:
        yield from item.find_all(exp.Alias)
    yield from (item for item in tree.expressions if isinstance(item, exp.Alias))
