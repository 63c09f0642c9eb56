"""The report of a comparison as one HTML file that stands alone: no scripts, nothing loaded from elsewhere; it reads on a screen and on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

from ..plan.quantity import Numeric
from ..plan.values import Value, value_text
from .comparison import Comparison, Extreme, Move
from .data import OnData, Spread
from .deciding import Shop
from .pictures import bars_picture, lines_picture
from .regions import Region, Stretch
from .rules import RuleChange, changes_of
from .saying import Speaker

STYLE = """
:root { --ink: #1d2430; --soft: #5b6576; --line: #dde2ea; --tint: #f4f6fa; --new: #1f5fbf; --old: #8a93a3; --up: #1a7f4b; --down: #b3382c; }
* { box-sizing: border-box; }
body { font: 15px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; color: var(--ink); background: #fff; max-width: 62rem;
  margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .3rem; } h2 { font-size: 1.2rem; margin: 2.4rem 0 .6rem; padding-bottom: .25rem;
  border-bottom: 2px solid var(--line); }
h3 { font-size: 1rem; margin: 1.4rem 0 .3rem; } p { margin: .4rem 0; } .soft { color: var(--soft); }
.verdict { display: inline-block; padding: .25rem .8rem; border-radius: 1rem; background: #fdecea; color: var(--down); font-weight: 600; }
.verdict.same { background: #e6f4ec; color: var(--up); }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: .8rem; margin: 1rem 0; }
.card { border: 1px solid var(--line); border-radius: .5rem; padding: .7rem .9rem; } .card b { display: block; font-size: 1.3rem; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; font-size: .92rem; }
th, td { border-bottom: 1px solid var(--line); padding: .3rem .6rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: var(--tint); font-weight: 600; } td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
table.rule { table-layout: fixed; } table.rule th:first-child { width: 44%; } table.rule td:first-child { padding-left: .6rem; }
td.old { color: var(--soft); } td.up { color: var(--up); } td.down { color: var(--down); }
.tag { font-size: .78rem; border: 1px solid var(--line); border-radius: .7rem; padding: 0 .5rem; color: var(--soft); font-weight: 400; margin-left: .5rem; }
svg { width: 100%; max-width: 44rem; height: auto; display: block; margin: .4rem 0; } svg text { font: 11px system-ui, sans-serif; fill: var(--soft); }
svg .axis { fill: none; stroke: var(--line); } svg path.old { fill: none; stroke: var(--old); stroke-width: 2; stroke-dasharray: 5 3; }
svg path.new { fill: none; stroke: var(--new); stroke-width: 2; } svg rect.old { fill: var(--old); } svg rect.new { fill: var(--new); }
.two { display: grid; grid-template-columns: repeat(auto-fit, minmax(24rem, 1fr)); gap: 1.2rem; }
@media print { body { max-width: none; padding: 0; font-size: 10pt; } .two { grid-template-columns: 1fr 1fr; } h2, h3 { break-after: avoid; }
  tr, svg, .card { break-inside: avoid; } thead { display: table-header-group; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
@page { margin: 16mm; }
"""
PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{body}
</body>
</html>
"""
Cells = Sequence[str]


def report(comparison: Comparison, language: str) -> str:
    """The report in `language` ("en" or "zh")."""
    speaker = Speaker(comparison, language)
    body = "\n".join(_sections(comparison, speaker, language))
    return PAGE.format(language="zh-CN" if language == "zh" else "en", title=escape(speaker.title()), style=STYLE, body=body)


def _sections(comparison: Comparison, speaker: Speaker, language: str) -> Iterator[str]:
    changes = changes_of(speaker.old, speaker.new, language)
    yield from _head(comparison, speaker, changes)
    yield _heading(speaker.say("rules"))
    yield from (_change(change, speaker) for change in changes)
    if not changes:
        yield _paragraph(speaker.say("rules same" if comparison.same else "rules unsaid"))
    if comparison.regions:
        yield _heading(speaker.say("regions"))
        yield _paragraph(speaker.say("region intro"), "soft")
        yield from (_region(region, speaker) for region in comparison.regions)
    if comparison.decision.scorecards != "same":
        yield from _records(comparison, speaker)
    if comparison.on_data is not None:
        yield from _data(comparison.on_data, speaker)


def _head(comparison: Comparison, speaker: Speaker, changes: Sequence[RuleChange]) -> Iterator[str]:
    old, new = speaker.old.version, speaker.new.version
    yield f"<h1>{escape(speaker.title())}</h1>"
    yield _paragraph(f"{speaker.named(old)}: {speaker.effective(old)} · {speaker.named(new)}: {speaker.effective(new)}", "soft")
    yield f'<p><span class="verdict{" same" if comparison.same else ""}">{escape(speaker.verdict())}</span></p>'
    yield from (_paragraph(note, "soft") for note in speaker.notes())
    cards = [(speaker.say("rules count"), str(len(changes)))]
    if comparison.decision.scorecards != "same" and comparison.new_has_score:
        cards += [(speaker.extreme(each, key), _proof(each, speaker)) for key, each in (("rise", comparison.rise), ("fall", comparison.fall))]
    if comparison.on_data is not None:
        data = comparison.on_data
        if speaker.any_score:
            cards.append((speaker.say("data", date=data.as_of.isoformat()), f"+{data.rises:,} / −{data.falls:,}"))
        if data.loses or data.gains:
            cards.append((speaker.say("lost and gained"), f"{data.loses:,} / {data.gains:,}"))
    yield '<div class="cards">' + "".join(_card(*card) for card in cards) + "</div>"


def _proof(extreme: Extreme | None, speaker: Speaker) -> str:
    return "" if extreme is None else speaker.proof(extreme)


def _card(title: str, text: str) -> str:
    short = len(text) < 24
    return f'<div class="card">{escape(title)}<b>{escape(text)}</b></div>' if short else f'<div class="card"><b>{escape(title)}</b>{escape(text)}</div>'


def _change(change: RuleChange, speaker: Speaker) -> str:
    tags = f'<span class="tag">{escape(speaker.say(change.kind))}</span><span class="tag">{escape(speaker.say(change.state))}</span>'
    rows = [(escape(name), _cell(old, speaker, "old"), _cell(new, speaker, "")) for name, old, new in change.rows]
    header = [speaker.say("about"), speaker.say("old"), speaker.say("new")]
    lines = "".join(f"<tr><td>{name}</td>{old}{new}</tr>" for name, old, new in rows)
    head = "".join(f"<th>{escape(text)}</th>" for text in header)
    table = f"<table class=rule><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>" if rows else ""
    return f"<h3>{escape(change.label)}{tags}</h3>{table}"


def _cell(text: str, speaker: Speaker, style: str) -> str:
    return f'<td class="{style}">{escape(text or speaker.say("none"))}</td>'


def _region(region: Region, speaker: Speaker) -> str:
    kind = region.kind
    named = f"{speaker.after.name('number', region.new.path)} · {speaker.field(region.field)}"
    drawn = [point for point in region.points if isinstance(point[1], int) and isinstance(point[2], int)]
    inside = _inside(drawn, region)
    picture = ""
    if len(inside) > 1 and isinstance(region.new.type, Numeric):
        scale = 10**region.new.type.places
        old, new = ([(float(x), _number(values[side]) / scale) for x, *values in inside] for side in (0, 1))
        picture = lines_picture(old, new, (speaker.after.value(kind, inside[0][0]), speaker.after.value(kind, inside[-1][0])), named)
    rows = [_stretch(stretch, region, speaker) for stretch in region.stretches]
    table = _table([speaker.field(region.field), speaker.say("old"), speaker.say("new")], rows)
    known = "region exact" if region.exact else "region proved" if region.proved else "region seen"
    return f"<h3>{escape(named)}</h3>{picture}" + table + _paragraph(speaker.say(known), "soft")


def _number(value: Value) -> float:
    assert isinstance(value, int)
    return float(value)


def _inside(points: Sequence[tuple[int, Value, Value]], region: Region) -> list[tuple[int, Value, Value]]:
    """The points around the stretches: far ends of a declared range would make the picture flat."""
    low, high = region.stretches[0].low, region.stretches[-1].high
    near = [point for point in points if low - (high - low) // 4 <= point[0] <= high + (high - low) // 4]
    turning = [point for before, point in pairwise(near) if point[1:] != before[1:]]
    if not turning:
        return near
    first, last = turning[0][0], turning[-1][0]
    room = max((last - first) // 4, 1)
    return [point for point in near if first - room <= point[0] <= last + room]


def _stretch(stretch: Stretch, region: Region, speaker: Speaker) -> Cells:
    def points(ends: tuple[Value, Value]) -> str:
        texts = [value_text(region.new.type, end, speaker.language) for end in ends]
        return texts[0] if texts[0] == texts[1] else f"{texts[0]} .. {texts[1]}"

    ends = [speaker.after.value(region.kind, end) for end in (stretch.low, stretch.high)]
    return (ends[0] if ends[0] == ends[1] else f"{ends[0]} .. {ends[1]}"), points(stretch.old), points(stretch.new)


def _records(comparison: Comparison, speaker: Speaker) -> Iterator[str]:
    yield _heading(speaker.say("extremes" if comparison.new_has_score else "shops"))
    yield _paragraph(" ".join([speaker.say("replayed"), *speaker.only()]), "soft")
    if comparison.new_has_score:
        yield '<div class="two">' + "".join(_extreme(each, key, speaker) for key, each in (("rise", comparison.rise), ("fall", comparison.fall))) + "</div>"
        yield from (_paragraph(text) for text in speaker.passages())
        if comparison.score_moves:
            yield '<div class="two">' + "".join(_passage(move, speaker) for move in comparison.score_moves) + "</div>"
    if comparison.witness is not None:
        yield f"<h3>{escape(speaker.say('shown'))}</h3>" + _shop(comparison.witness, speaker)
    if comparison.outcome_moves:
        yield _heading(speaker.say("moves"))
        yield _moves(comparison.outcome_moves, speaker)
    if comparison.ranges:
        yield _heading(speaker.say("ranges"))
        yield _paragraph(speaker.say("range intro"), "soft")
        yield _table([speaker.say("metric"), speaker.say("value"), speaker.say("outside")], speaker.ranges())


def _passage(move: Move, speaker: Speaker) -> str:
    """A shop that loses or gains its score, and why."""
    because = _paragraph(f"{speaker.say('because')}: {speaker.reasons(move)}")
    return f"<div><h3>{escape(speaker.move(move))}</h3>{_shop(move.shop, speaker)}{because}</div>"


def _moves(moves: Sequence[Move], speaker: Speaker) -> str:
    rows = [
        (
            speaker.outcome(move.name),
            speaker.outcome_value(move.old, move.name),
            speaker.outcome_value(move.new, move.name),
            "; ".join(" ".join(row) for row in speaker.shop_rows(move.shop)),
        )
        for move in moves
    ]
    return _table([speaker.say("gate"), speaker.say("old"), speaker.say("new"), f"{speaker.say('shop')} ({speaker.say('as example')})"], rows)


def _extreme(extreme: Extreme | None, key: str, speaker: Speaker) -> str:
    title = f"<div><h3>{escape(speaker.extreme(extreme, key))}</h3>"
    return (
        title + ("" if extreme is None else _paragraph(_proof(extreme, speaker), "soft") + _shop(extreme.shop, speaker) + _because(extreme, speaker)) + "</div>"
    )


def _because(extreme: Extreme, speaker: Speaker) -> str:
    return _paragraph(f"{speaker.say('because')}: {speaker.causes(extreme.causes)}")


def _shop(shop: Shop, speaker: Speaker) -> str:
    fields = _table([speaker.say("metric"), speaker.say("value")], list(speaker.shop_rows(shop)))
    results = _table([speaker.say("result"), speaker.say("old"), speaker.say("new")], list(speaker.results(shop)))
    return fields + _paragraph(f"({speaker.say('as example')})", "soft") + results


def _data(data: OnData, speaker: Speaker) -> Iterator[str]:
    yield _heading(speaker.say("data", date=data.as_of.isoformat()))
    yield _paragraph(speaker.data_summary(data))
    if data.spread is not None:
        yield f"<h3>{escape(speaker.say('spread'))}</h3>" + _spread(data.spread, speaker)
    if data.crossings:
        yield f"<h3>{escape(speaker.say('crossings'))}</h3>"
        rows = [
            (speaker.outcome(each.name), f"{speaker.outcome_value(old, each.name)} → {speaker.outcome_value(new, each.name)}", f"{count:,}")
            for each in data.crossings
            for (old, new), count in sorted(each.counts.items(), key=lambda entry: (entry[0][0] == entry[0][1], entry[0]))
        ]
        yield _table([speaker.say("gate"), f"{speaker.say('old')} → {speaker.say('new')}", "#"], rows, (2,))
    for migration in data.migrations:
        yield f"<h3>{escape(speaker.say('migration', tier=speaker.outcome(migration.name)))}</h3>"
        names = [option for option in migration.options if any(option in key for key in migration.counts)]
        counted: list[Cells] = [(speaker.outcome_value(old), *(f"{migration.counts.get((old, new), 0):,}" for new in names)) for old in names]
        yield _table([speaker.say("from to"), *(speaker.outcome_value(name) for name in names)], counted, tuple(range(1, len(names) + 1)))
    if data.affected:
        yield f"<h3>{escape(speaker.say('affected'))}</h3>"
        yield _affected(data, speaker)


def _spread(spread: Spread, speaker: Speaker) -> str:
    ends = str(spread.low), str(spread.low + spread.width * len(spread.old))
    picture = bars_picture(spread.old, spread.new, ends, speaker.say("spread"))
    return picture + _paragraph(speaker.say("without", old=f"{spread.without[0]:,}", new=f"{spread.without[1]:,}"), "soft")


def _affected(data: OnData, speaker: Speaker) -> str:
    rows = []
    for each in data.affected:
        moved = "; ".join(f"{speaker.outcome(name)}: {speaker.outcome_value(old)} → {speaker.outcome_value(new)}" for name, old, new in each.outcomes)
        scores = [speaker.say("none") if value is None else str(value) for value in (each.old, each.new)]
        rows.append((each.subject, *scores, speaker.signed(each.change), moved, speaker.because(each)))
    header = [speaker.say(key) for key in ("subject", "old", "new", "change", "outcomes", "because")]
    return _table(header, rows, (1, 2, 3))


def _table(header: Sequence[str], rows: Sequence[Cells], numbers: tuple[int, ...] = ()) -> str:
    if not rows:
        return ""

    def cells(row: Cells, tag: str) -> str:
        return "".join(f"<{tag}{' class=number' if index in numbers else ''}>{escape(text)}</{tag}>" for index, text in enumerate(row))

    lines = "".join(f"<tr>{cells(row, 'td')}</tr>" for row in rows)
    return f"<table><thead><tr>{cells(header, 'th')}</tr></thead><tbody>{lines}</tbody></table>"


def _heading(text: str) -> str:
    return f"<h2>{escape(text)}</h2>"


def _paragraph(text: str, style: str = "") -> str:
    return f'<p class="{style}">{escape(text)}</p>' if style else f"<p>{escape(text)}</p>"
