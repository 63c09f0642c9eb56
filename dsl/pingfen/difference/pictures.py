"""Pictures as inline SVG: steps and curves before and after, and two distributions; they print, and read without colour by their dashes."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 640, 200, 48, 26, 10
Point = tuple[float, float]


def lines_picture(old: Sequence[Point], new: Sequence[Point], marks: tuple[str, str], title: str) -> str:
    """Two lines over one axis; `marks` name the axis' ends."""
    xs, ys = [x for x, _ in (*old, *new)], [y for _, y in (*old, *new)]
    box = min(xs), max(xs), min(ys), max(ys)
    paths = f'<path class="old" d="{_path(old, box)}"/><path class="new" d="{_path(new, box)}"/>'
    sides = f'<text x="{LEFT - 6}" y="{TOP + 8}" text-anchor="end">{_short(box[3])}</text>'
    sides += f'<text x="{LEFT - 6}" y="{HEIGHT - BOTTOM}" text-anchor="end">{_short(box[2])}</text>'
    feet = f'<text x="{LEFT}" y="{HEIGHT - 8}">{escape(marks[0])}</text><text x="{WIDTH - 4}" y="{HEIGHT - 8}" text-anchor="end">{escape(marks[1])}</text>'
    return _svg(_axes() + paths + sides + feet, title)


def bars_picture(old: Sequence[int], new: Sequence[int], marks: tuple[str, str], title: str) -> str:
    """Two distributions side by side, bin by bin."""
    most = max([1, *old, *new])
    wide = (WIDTH - LEFT - 4) / max(len(old), 1)
    tall = HEIGHT - BOTTOM - TOP
    bars = ""
    for index, pair in enumerate(zip(old, new, strict=True)):
        for side, count in enumerate(pair):
            height = tall * count / most
            left = LEFT + index * wide + (0.08 + 0.42 * side) * wide
            style = "new" if side else "old"
            bars += f'<rect class="{style}" x="{left:.1f}" y="{HEIGHT - BOTTOM - height:.1f}" width="{0.42 * wide:.1f}" height="{height:.1f}"/>'
    sides = f'<text x="{LEFT - 6}" y="{TOP + 8}" text-anchor="end">{most:,}</text><text x="{LEFT - 6}" y="{HEIGHT - BOTTOM}" text-anchor="end">0</text>'
    feet = f'<text x="{LEFT}" y="{HEIGHT - 8}">{escape(marks[0])}</text><text x="{WIDTH - 4}" y="{HEIGHT - 8}" text-anchor="end">{escape(marks[1])}</text>'
    return _svg(_axes() + bars + sides + feet, title)


def _svg(body: str, title: str) -> str:
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}"><title>{escape(title)}</title>{body}</svg>'


def _axes() -> str:
    return f'<path class="axis" d="M{LEFT} {TOP}V{HEIGHT - BOTTOM}H{WIDTH - 4}"/>'


def _path(points: Sequence[Point], box: tuple[float, float, float, float]) -> str:
    low, high, bottom, top = box
    across, up = (high - low) or 1, (top - bottom) or 1
    placed = [(LEFT + (x - low) / across * (WIDTH - LEFT - 4), HEIGHT - BOTTOM - (y - bottom) / up * (HEIGHT - BOTTOM - TOP)) for x, y in points]
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in placed)


def _short(value: float) -> str:
    return f"{value:g}"
