"""Renderings: what people, machines and code hosts get of one and the same diagnostic."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from jsonschema import Draft4Validator

from pingfen.diagnostics import Diagnostic, Fix, Label
from pingfen.diagnostics.catalogue import CATALOGUE, error, say
from pingfen.diagnostics.language import Language, choose_language
from pingfen.diagnostics.message import fill, message_of, visible
from pingfen.diagnostics.rendering import render
from pingfen.pipeline import compile_source
from pingfen.source import Source, Span

from ..robustness.texts import BAD_TEXTS

TEXT = "# 规则\nmetric 好评率 = 描述分 + 名字\n\tgate x\n"


@pytest.fixture(autouse=True)
def code(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = error(
        say("no {kind:word} is called `{name}`", "没有叫 `{name}` 的{kind:word}"),
        say("unknown", "未知"),
        say("did you mean `{near}`?", "是否想写 `{near}`?"),
        say("declare it", "请先声明"),
        other=say("read here", "在此读取"),
    )
    monkeypatch.setitem(CATALOGUE, "test-code", entry)


def finding(word: str = "名字", **arguments: str) -> Diagnostic:
    start = TEXT.index(word)
    other = TEXT.index("好评率")
    return Diagnostic(
        "test-code",
        Span(start, start + len(word)),
        {"kind": "metric", "name": word, **arguments},
        (Label(Span(other, other + 3), "other"),),
        Fix(Span(start, start + len(word)), "名称"),
        Source("a b/规则.pf", TEXT),
    )


def test_text_shows_code_place_line_and_carets_aligned_by_cells() -> None:
    assert render([finding()], "text", "en") == (
        "error[test-code]: no metric is called `名字`\n"
        " --> a b/规则.pf:2:20\n"
        "  |\n"
        "2 | metric 好评率 = 描述分 + 名字\n"
        "  |        ------ read here\n"
        "  |                          ^^^^ unknown\n"
        "  |\n"
        "  = hint: declare it\n"
        "\n"
    )


def test_text_in_chinese_translates_words_of_the_language() -> None:
    shown = render([finding(near="名称")], "text", "zh")
    assert shown.startswith("错误[test-code]: 没有叫 `名字` 的指标\n")
    assert "= 提示: 是否想写 `名称`?\n" in shown


def test_a_tab_takes_one_cell_so_that_carets_stay_below_the_text() -> None:
    lines = render([Diagnostic("test-code", Span(TEXT.index("gate"), TEXT.index("gate") + 4), source=Source("a", TEXT))], "text", "en").splitlines()
    assert lines[3] == "3 |  gate x"
    assert lines[4] == "  |  ^^^^ unknown"


def test_a_span_at_the_end_of_the_text_and_an_empty_text_have_a_caret_too() -> None:
    for text in ("", "a", "a\n"):
        assert "^ unknown" in render([Diagnostic("test-code", Span(len(text), len(text)), source=Source("a", text + "\n"))], "text", "en")


def test_a_very_long_line_is_cut_around_the_span() -> None:
    text = "x" * 5000 + "名字" + "y" * 5000
    shown = render([Diagnostic("test-code", Span(5000, 5002), source=Source("a", text))], "text", "en")
    line, carets = shown.splitlines()[3:5]
    assert len(line) < 300
    assert line.index("名字") == carets.index("^^^^")


def test_characters_that_steer_a_terminal_or_hide_text_are_not_passed_on() -> None:
    assert visible("a\x1b[31m\u202eb\u2028c\nd") == "a�[31m�b�c d"


def test_arguments_are_never_read_as_templates() -> None:
    assert fill(say("`{name}`", "`{name}`"), {"name": "{kind} {0} %s"}, "en") == "`{kind} {0} %s`"


def test_of_several_hints_the_first_complete_one_counts() -> None:
    assert message_of(finding(), "en").hint == "declare it"
    assert message_of(finding(near="x"), "en").hint == "did you mean `x`?"


def test_json_counts_lines_and_columns_from_one() -> None:
    record = json.loads(render([finding()], "json", "en"))["diagnostics"][0]
    assert record["code"] == "test-code"
    assert record["severity"] == "error"
    assert record["path"] == "a b/规则.pf"
    assert record["start"] == {"line": 2, "column": 20, "utf16_column": 20}
    assert record["end"] == {"line": 2, "column": 22, "utf16_column": 22}
    assert record["labels"][0]["text"] == "read here"
    assert record["fix"]["text"] == "名称"


def test_utf16_columns_count_surrogate_pairs_twice() -> None:
    record = json.loads(render([Diagnostic("test-code", Span(1, 2), source=Source("a", "😀b"))], "json", "en"))["diagnostics"][0]
    assert record["start"] == {"line": 1, "column": 2, "utf16_column": 3}


def test_sarif_names_rule_place_and_fix() -> None:
    log = json.loads(render([finding()], "sarif", "en"))
    assert log["version"] == "2.1.0"
    run = log["runs"][0]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["test-code"]
    result = run["results"][0]
    assert result["ruleId"] == "test-code"
    assert result["level"] == "error"
    physical = result["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"]["uri"] == "a%20b/%E8%A7%84%E5%88%99.pf"
    assert physical["region"] == {"startLine": 2, "startColumn": 20, "endLine": 2, "endColumn": 22}
    assert result["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"] == "名称"


SARIF = Draft4Validator(json.loads((Path(__file__).parent / "sarif-schema-2.1.0.json").read_text(encoding="utf-8")))
"""The schema of SARIF 2.1.0 (errata 01) as OASIS published it."""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_sarif_follows_the_published_schema(language: Language) -> None:
    placed = [finding(), finding(near="名称"), Diagnostic("test-code", Span(0, 0), source=Source("规则 1.pf", "")), *_of_bad_texts()]
    without = [Diagnostic("broken-row", arguments={"table": "orders", "count": "2", "rows": "o.csv row 3"})]
    for diagnostics in ([], placed, without, [*placed, *without]):
        log = json.loads(render(diagnostics, "sarif", language))
        assert len(log["runs"][0]["results"]) == len(diagnostics)
        assert [f"{list(error.path)}: {error.message}" for error in SARIF.iter_errors(log)] == []
    assert list(SARIF.iter_errors({"version": "2.1.0", "runs": [{"results": []}]}))


def _of_bad_texts() -> list[Diagnostic]:
    """What is found in every bad text that the tests hold and that a parser gets to see."""
    texts = [(bad.kind, bad.content.decode("utf-8", "ignore")) for bad in BAD_TEXTS if len(bad.content) < 5_000]
    return [found for name, text in texts for found in compile_source(Source(name, text)).diagnostics]


def test_sarif_of_nothing_is_a_run_without_results() -> None:
    assert json.loads(render([], "sarif", "en"))["runs"][0]["results"] == []


def test_github_annotations_escape_what_github_would_read() -> None:
    line = render([finding(name="50%,\n:")], "github", "en")
    assert line == ("::error file=a b/规则.pf,line=2,endLine=2,col=20,endColumn=22,title=test-code::no metric is called `50%25, :` (unknown)%0Adeclare it\n")


def test_a_terminal_gets_the_same_words_in_colour() -> None:
    from pingfen.diagnostics.rendering.terminal import print_coloured

    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    print_coloured([finding()], "en", stream)
    assert "\x1b[" in stream.getvalue()
    assert "no metric is called `名字`" in stream.getvalue()


@pytest.mark.parametrize(
    ("wanted", "environment", "language"),
    [
        ("zh", {"LANG": "en_US.UTF-8"}, "zh"),
        ("en", {"LANG": "zh_CN.UTF-8"}, "en"),
        (None, {"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, "zh"),
        (None, {"LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "C"}, "zh"),
        (None, {"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        (None, {"LANG": "fr_FR"}, "en"),
        (None, {}, "en"),
    ],
)
def test_the_language_is_the_wanted_one_else_the_first_locale_variable_that_is_set(wanted: str | None, environment: dict[str, str], language: str) -> None:
    assert choose_language(wanted, environment) == language
