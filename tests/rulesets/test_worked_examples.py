"""The worked examples that the platforms' texts give stand in the rulesets, each under the number of the facts."""

from __future__ import annotations

import pytest

from .published import RULESETS, plan_of

WORKED = [
    ("1", "taobao-dsr/2016-01-01", "19 个 5 分和 1 个 1 分为 4.8", {"描述相符": 480}),
    ("1", "taobao-dsr/2016-01-01", "45 个 5 分, 3 个 4 分, 1 个 3 分, 1 个 1 分为 4.82", {"描述相符": 482}),
    ("2", "wechat-store/2023-01-14", "on 2023-01-01 it is 2022-10-03 through 2022-12-31", {"volume": 2}),
    ("4", "douyin-store-100/2026-05-07", "the step of 100 in every indicator", {"shown_score": 50}),
    ("6", "douyin-creator/2026-08-07", "350,000 is L3", {"level": "L3"}),
    ("6", "douyin-creator/2026-08-07", "less 100,000 abnormal it is L2", {"level": "L2"}),
    ("8", "douyin-store-100/2023-12-13", "below 90 and both standards met: exactly 90", {"service": 9000}),
    ("8", "douyin-store-100/2023-12-13", "already above 90: unchanged", {"service": 9600}),
]


@pytest.mark.parametrize(("number", "version", "name", "expected"), WORKED, ids=[f"{number}: {name}" for number, _, name, _ in WORKED])
def test_a_published_worked_example_is_an_example(number: str, version: str, name: str, expected: dict[str, object]) -> None:
    """With the value that the source gives."""
    examples = [example for example in plan_of(RULESETS / f"{version}.pf").examples if name in example.name]
    assert len(examples) == 1
    found = {key: value for expectation in examples[0].expected for key, value in expectation.values}
    assert {key: found[key] for key in expected} == expected
