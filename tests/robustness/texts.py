"""Bad texts: what a hurried, mistaken or hostile author may hand in as a ruleset."""

from __future__ import annotations

from attrs import frozen

HEADER = """ruleset bad.input
version "1"
effective from 2026-01-01
cites "nobody"
timezone "Asia/Shanghai"
score 0.00 .. 5.00
subject store_id
input a number 0.00 .. 5.00
"""
TOTAL = "total { part only weight 100% = a }\n"
CHOICE = "subject store_id {\n  c one of x, y\n}"
SHOWN = "over last 3 days\ndisplay d = m\n" + TOTAL
ORDERS = """events orders {
  order_id text key
  store_id text subject
  paid_at time happens
}
"""


@frozen
class BadText:
    """One kind of bad text, what it is in a few words, and the code expected."""

    kind: str
    content: bytes
    code: str


def bad(kind: str, code: str, text: str | bytes, header: str = HEADER) -> BadText:
    """A bad text behind a good header."""
    return BadText(kind, (header.encode() if header else b"") + (text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")), code)


def alone(kind: str, code: str, content: str | bytes) -> BadText:
    """A bad text without a header."""
    return bad(kind, code, content, "")


BAD_TEXTS: tuple[BadText, ...] = (
    alone("an empty file", "statement-missing", b""),
    alone("nothing but comments", "statement-missing", "# nothing here\n"),
    alone("nothing but spaces and line breaks", "statement-missing", " \n\t\n   "),
    alone("a text in UTF-16", "not-utf-8", (HEADER + TOTAL).encode("utf-16")),
    alone("a text in GBK", "not-utf-8", (HEADER + '# 评分\n').encode("gbk")),
    alone("random bytes", "not-utf-8", bytes(range(128, 256)) * 4),
    alone("a PNG image", "not-utf-8", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
    bad("a NUL character", "unknown-character", "input \x00c number 0 .. 1\n" + TOTAL),
    bad("a lone surrogate in UTF-8", "not-utf-8", b"# \xed\xa0\x80\n"),
    bad("a text without its closing quote", "unclosed-text", 'input c "label number 0 .. 1\n' + TOTAL),
    bad("a brace that is never closed", "missing-brace", "total { part only weight 100% = a\n"),
    bad("a brace too many", "unopened-bracket", TOTAL + "}\n"),
    bad("10,000 parentheses inside each other", "nested-too-deep", "display d = " + "(" * 10000 + "a" + ")" * 10000 + "\n"),
    bad("10,000 parts inside each other", "nested-too-deep", "total { " + "part p { " * 10000 + "}" * 10001 + "\n"),
    bad("a text of two million characters", "text-too-large", "# x\n" * 500_000),
    bad("300,000 words", "too-many-tokens", "a " * 300_000),
    bad("a number of 10,000 digits", "number-too-long", f"display d = a + {'9' * 10000} exact\n" + TOTAL),
    bad("a number with 5,000 places", "number-too-long", f"display d = a + 0.{'1' * 5000} exact\n" + TOTAL),
    bad("a misspelled statement", "unknown-keyword", "metirc c = count of orders over last 3 days\n" + TOTAL),
    bad("full-width marks from a Chinese keyboard", "unknown-character", "gate g open when （a > 3；\n" + TOTAL),
    bad("a right-to-left override in a name", "unknown-character", "display a\u202eb = a\n" + TOTAL),
    bad("an invisible space inside a name", "unknown-character", "display a\u200bb = a\n" + TOTAL),
    bad("a name with a Cyrillic letter that looks Latin", "unknown-name", "display d = \u0430 + 1 exact\n" + TOTAL),
    bad("an emoji as a name", "unknown-character", "display \U0001f600 = a\n" + TOTAL),
    bad("Python in place of a name", "unexpected-token", 'display d = __import__("os").system("true")\n' + TOTAL),
    bad("SQL in place of a name", "unknown-character", "display d = a; DROP TABLE orders\n" + TOTAL),
    bad("a condition with a date that does not exist", "wrong-date", ORDERS + "metric m = count of orders with paid_at >= 2026-02-30 00:00 " + SHOWN),
    bad("a time of day after 24:00", "wrong-clock", ORDERS + "metric m = count of orders with paid_at in 18:00 .. 25:00 " + SHOWN),
    alone("a zone that does not exist", "unknown-zone", HEADER.replace("Asia/Shanghai", "Asia/Atlantis") + TOTAL),
    alone("a zone that is a path", "unknown-zone", HEADER.replace("Asia/Shanghai", "../../etc/passwd") + TOTAL),
    bad("a second version line", "statement-twice", 'version "2"\n' + TOTAL),
    alone("no ruleset line", "statement-missing", HEADER.split("\n", 1)[1] + TOTAL),
    alone("a score from high to low", "floor-above-ceiling", HEADER.replace("0.00 .. 5.00\nsubject", "5.00 .. 0.00\nsubject") + TOTAL),
    alone("a step of 0", "step-not-positive", HEADER.replace("5.00\nsubject", "5.00 to 0\nsubject") + TOTAL),
    alone("a score whose ends are off its step", "end-off-step", HEADER.replace("5.00\nsubject", "5.00 to 0.3\nsubject") + TOTAL),
    alone("a version that ends before it begins", "empty-range", HEADER.replace("effective from 2026-01-01", "effective 2026-02-01 .. 2026-01-01") + TOTAL),
    bad("years that no calendar has", "years-out-of-range", "years 0 .. 99999\n" + TOTAL),
    bad("weights that add to 90%", "weights-not-whole", "input b number 0.00 .. 5.00\ntotal {\n  part one weight 60% = a\n  part two weight 30% = b\n}\n"),
    bad("a weight below 0", "weight-not-positive", "input b number 0.00 .. 5.00\ntotal {\n  part one weight 120% = a\n  part two weight -20% = b\n}\n"),
    bad("numbers that need each other", "cyclic-name", "display c = d + 1 exact\ndisplay d = c + 1 exact\n" + TOTAL),
    bad("a population of itself", "cyclic-name", ORDERS + "population p = p where paid_at given\nmetric m = count of p " + SHOWN),
    bad("an unknown name, nearly right", "unknown-name", "input response_rate share 0% .. 100%\ngate g open when reponse_rate > 80%\n" + TOTAL),
    bad("the same name twice", "duplicate-name", "input a number 0 .. 1\n" + TOTAL),
    bad("a division by 0", "division-by-zero", "display d = a / 0 to 0.01\n" + TOTAL),
    bad("a product beyond 64 bits", "overflow", "input c number 0 .. 9000000000000\ndisplay d = c * c exact\n" + TOTAL),
    bad("a curve whose points go back", "curve-order", "display d = curve a { 2 -> 2, 1 -> 3 } to 0.01\n" + TOTAL),
    bad("a ladder against its direction", "ladder-order", "display d = ladder a { >= 1 -> 1, >= 3 -> 2, else -> 0 }\n" + TOTAL),
    bad("ranges with a hole", "ranges-gap", "display d = ranges a { [0 .. 1] -> 1, [2 .. 5] -> 2 }\n" + TOTAL),
    bad("a share added to a count", "mixed-units", "input c count 0 .. 9\ninput s share 0% .. 100%\ndisplay d = c + s exact\n" + TOTAL),
    bad("a window of 0 days", "not-whole-days", ORDERS + "metric m = count of orders over last 0 days\ndisplay d = m\n" + TOTAL),
    bad("a window of a billion days", "value-out-of-range", ORDERS + "metric m = count of orders over last 1000000000 days\ndisplay d = m\n" + TOTAL),
    bad("a look back of a quadrillion days", "overflow",
        ORDERS + "population p = orders first 1 per store_id by paid_at looking back 1000000000000000 days\nmetric m = count of p " + SHOWN),
    bad("the first 0 of each", "count-out-of-range", ORDERS + "population p = orders first 0 per store_id by paid_at\nmetric m = count of p " + SHOWN),
    bad("at least 5 of 2 conditions", "count-out-of-range", "input b number 0.00 .. 5.00\ngate g open when at least 5 of (a > 1, b > 1)\n" + TOTAL),
    bad("a choice named twice", "duplicate-name", 'input c one of "x", "x"\ngate g open when c is "x"\n' + TOTAL),
    bad("a test against a choice that is none of them", "unknown-option", 'input c one of "x", "y"\ngate g open when c is "z"\n' + TOTAL),
    alone("a table row of too few values", "row-width", HEADER.replace("subject store_id", CHOICE) + "table t by c (one, two) {\n  default -> 1\n}\n"
          "display d = t.one\n" + TOTAL),
    bad("a value that may be missing and nobody handles", "possible-none", "input c number 0 .. 5 optional\ngate g open when c > 1\n" + TOTAL),
    bad("an example that names an unknown field", "unknown-name", TOTAL + 'example "e" {\n  given nothing 1\n  expect score 1.00\n}\n'),
    bad("a table of events without a key", "role-missing", ORDERS.replace("  order_id text key\n", "") + "metric m = count of orders " + SHOWN),
)  # fmt: skip
