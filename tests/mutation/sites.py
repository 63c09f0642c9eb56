"""Where a mutant may be made: operators, comparisons, limits and roundings of a module, found in its syntax tree, in a fixed order."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

COMPARISONS = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq}
OPERATORS = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult, ast.Mod: ast.FloorDiv}
WORDS = {
    "min": "max", "max": "min", "any": "all", "all": "any",
    "GT": "GTE", "GTE": "GT", "LT": "LTE", "LTE": "LT", "EQ": "NEQ", "NEQ": "EQ", "Add": "Sub", "Sub": "Add", "Mul": "Add", "And": "Or", "Or": "And",
    "Lt": "LtE", "LtE": "Lt", "Gt": "GtE", "GtE": "Gt", "Eq": "NotEq", "NotEq": "Eq", "Mult": "Add", "FloorDiv": "Mult", "Mod": "FloorDiv",
    "Least": "Greatest", "Greatest": "Least", "Max": "Min", "Min": "Max", "greatest": "least", "least": "greatest",
}  # fmt: skip
TEXTS = {"half away": "half even", "half even": "half away", "up": "down", "down": "up", "<": "<=", "<=": "<", ">": ">=", ">=": ">", "least": "greatest"}


@frozen
class Site:
    """One mutant: the module below the package, the line, and what stands there before and after."""

    module: str
    line: int
    column: int
    before: str
    after: str
    index: int

    @property
    def name(self) -> str:
        """How the mutant is named in the summary; columns tell equal changes of one line apart."""
        return f"{self.module}:{self.line}:{self.column} `{self.before}` -> `{self.after}`"


def sites_of(package: Path, module: str) -> list[Site]:
    """Every mutant of a module, in the order of its lines."""
    tree = ast.parse((package / module).read_text(encoding="utf-8"))
    found = list(_candidates(tree))
    return [Site(module, node.lineno, node.col_offset, _text(node), _text(other), index) for index, (node, other) in enumerate(found)]


def mutated(package: Path, site: Site) -> str:
    """The module's text with the one change."""
    tree = ast.parse((package / site.module).read_text(encoding="utf-8"))
    node, other = list(_candidates(tree))[site.index]
    return ast.unparse(_Replaced(node, other).visit(tree))


class _Replaced(ast.NodeTransformer):
    """The tree with one node, known by identity, replaced by another."""

    def __init__(self, node: ast.AST, other: ast.AST) -> None:
        self.node, self.other = node, other

    def visit(self, node: ast.AST) -> ast.AST:
        """The replacement at the node, else the node with its children visited."""
        return ast.copy_location(self.other, node) if node is self.node else self.generic_visit(node)


def _candidates(tree: ast.Module) -> Iterator[tuple[ast.expr, ast.expr]]:
    nodes = [node for node in _bodies(tree) if isinstance(node, ast.expr)]
    for node in sorted(nodes, key=lambda node: (node.lineno, node.col_offset, type(node).__name__)):
        for other in _changed(node):
            yield node, other


def _bodies(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node that runs: no annotations, decorators, docstrings, messages of errors or patterns' class names."""
    for name, value in ast.iter_fields(tree):
        if name in ("annotation", "returns", "decorator_list", "cls", "exc", "msg"):
            continue
        for node in value if isinstance(value, list) else [value]:
            if isinstance(node, ast.AST) and not isinstance(node, ast.Import | ast.ImportFrom | ast.Assert):
                yield node
                yield from _bodies(node)


def _changed(node: ast.expr) -> Iterator[ast.expr]:
    match node:
        case ast.Compare(ops=[operator]) if type(operator) in COMPARISONS and not _on_texts(node):
            yield _with(node, ops=[COMPARISONS[type(operator)]()])
        case ast.BinOp(op=operator) if type(operator) in OPERATORS and not _joins(node):
            yield _with(node, op=OPERATORS[type(operator)]())
        case ast.BoolOp(op=operator):
            yield _with(node, op=ast.Or() if isinstance(operator, ast.And) else ast.And())
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield copy.deepcopy(operand)
        case ast.Name(id=name) if name in WORDS and name.islower():
            yield _with(node, id=WORDS[name])
        case ast.Attribute(value=ast.Name(id=("exp" | "ast")), attr=name) if name in WORDS:
            yield _with(node, attr=WORDS[name])
        case ast.Constant(value=text) if isinstance(text, str) and text in TEXTS:
            yield ast.Constant(TEXTS[text])


def _with(node: ast.expr, **changes: object) -> ast.expr:
    other = copy.copy(node)
    for name, value in changes.items():
        setattr(other, name, value)
    return other


def _on_texts(node: ast.Compare) -> bool:
    """Equality with a text chooses a form rather than compares numbers; such a mutant breaks everything and shows nothing."""
    return any(isinstance(side, ast.Constant) and isinstance(side.value, str) for side in (node.left, *node.comparators))


def _joins(node: ast.BinOp) -> bool:
    """Whether the operator joins texts or lists."""
    joined = (ast.List, ast.Tuple, ast.JoinedStr, ast.ListComp, ast.Dict, ast.Set)
    return any(isinstance(side, joined) or (isinstance(side, ast.Constant) and isinstance(side.value, str | bytes)) for side in (node.left, node.right))


def _text(node: ast.expr) -> str:
    text = ast.unparse(node)
    return text if len(text) <= 70 else text[:67] + "..."
