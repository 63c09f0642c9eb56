"""pytest runs the examples and claims of `.pf` files, and is left alone where there are none."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytest_plugins = ["pytester"]
pytestmark = pytest.mark.slow

SHOP = """ruleset example.shop
version "1"
effective from 2026-01-01
cites "the platform's rules"
timezone "Asia/Shanghai"
score 0 .. 100
subject shop_id
input praise share 0% .. 100%
param cut = 90% assumed within 80% .. 95%
total {
  indicator kindness weight 100% = ladder praise { >= cut -> 100, >= 50% -> 60, else -> 0 }
}
always score rises with praise
"""
RIGHT = 'example "all well" {\n  given praise 95%\n  expect score 100\n}\n'
WRONG = 'example "half" {\n  given praise 50%\n  expect score 61\n}\n'


def test_each_example_each_claim_and_the_parameters_are_tests_of_their_own(pytester: pytest.Pytester) -> None:
    pytester.makefile(".pf", shop=SHOP + RIGHT)
    result = pytester.runpytest("-v")
    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines(
        ["*shop.pf::example: all well PASSED*", "*shop.pf::claim: always score rises with praise PASSED*", "*shop.pf::within: cut PASSED*"]
    )


def test_an_example_that_differs_fails_in_words_and_no_traceback_is_shown(pytester: pytest.Pytester) -> None:
    pytester.makefile(".pf", shop=SHOP + RIGHT + WRONG)
    pytester.makeini("[pytest]\npingfen_language = en\n")
    result = pytester.runpytest("-rf")
    result.assert_outcomes(passed=3, failed=1)
    result.stdout.fnmatch_lines(["*example: half*", "*example-differs*`score` is 60, not 61*", "*expects 61*"])
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*BrokenRuleError*")


def test_a_claim_that_does_not_hold_shows_the_record_that_breaks_it(pytester: pytest.Pytester) -> None:
    pytester.makefile(".pf", shop=SHOP.replace("rises with", "falls with") + RIGHT)
    pytester.makeini("[pytest]\npingfen_language = zh\n")
    result = pytester.runpytest()
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(["*claim-broken*", "*样例 `all well`*"])


def test_a_file_that_does_not_compile_is_an_error_with_its_diagnostics(pytester: pytest.Pytester) -> None:
    pytester.makefile(".pf", shop=SHOP.replace("praise {", "prase {"))
    result = pytester.runpytest()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*unknown-name*prase*"])


def test_the_number_of_records_is_a_setting(pytester: pytest.Pytester) -> None:
    pytester.makefile(".pf", shop=SHOP + RIGHT)
    pytester.makeini("[pytest]\npingfen_tries = 5\n")
    pytester.runpytest("-k", "rises").assert_outcomes(passed=1, deselected=2)


def test_the_plugin_can_be_left_out(pytester: pytest.Pytester) -> None:
    pytester.makefile(".pf", shop=SHOP + RIGHT)
    assert pytester.runpytest("-p", "no:pingfen").ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_without_a_ruleset_nothing_of_the_compiler_is_imported(pytester: pytest.Pytester) -> None:
    """Whoever has pingfen installed pays for two small modules at the start of pytest, and no more."""
    pytester.makepyfile(
        """
        import sys

        def test_nothing_is_imported():
            assert sorted(name for name in sys.modules if name.startswith("pingfen")) == ["pingfen", "pingfen.testing", "pingfen.testing.plugin"]
            assert not {"duckdb", "pyarrow", "sqlglot", "lark"} & set(sys.modules)
        """
    )
    done = subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"], cwd=pytester.path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
