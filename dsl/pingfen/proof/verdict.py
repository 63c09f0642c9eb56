"""What a proof answers: proved, refuted with a counterexample that the interpreter confirms, or unknown with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from attrs import frozen

from ..plan.label import Label
from ..plan.ruleset import Claim
from ..reference import Value
from ..trial.outcome import Refutation
from .replay import Replayed

State = Literal["proved", "refuted", "unknown"]
Method = Literal["structure", "solver", "search", "events"]
Question = Literal["window", "subjects", "touches", "one more", "first"]
Obligation = Literal["claim", "scale", "overflow", "missing"]


@frozen(repr=False)
class Verdict:
    """The answer to one claim or obligation of one ruleset version.

    `key` is the claim's own, or `score within its scale`, `no overflow`, `no unhandled missing value`. `method` is how it was settled: by the plan's
    structure, by z3, or (refuted) by a search. `scope` names the parameters for all of whose values it holds. `node` is where it stands in the plan.
    """

    key: str
    text: str
    obligation: Obligation
    state: State
    method: Method
    claim: Claim | None = None
    refutations: tuple[Refutation, ...] = ()
    reason: Label | None = None
    scope: tuple[str, ...] = ()
    node: object = None


@frozen(repr=False)
class EventVerdict:
    """One statement about one metric ("" for the score). `told` says what is stated; `events` or the two `records` refute it, `reason` says why it is open."""

    metric: str
    question: Question
    state: State
    told: Label
    events: Replayed | None = None
    records: tuple[Mapping[str, Value], ...] = ()
    reason: Label | None = None


TOO_LONG = Label(zh="在时限内没有求出", en="not settled within the time allowed")
NOT_ALL_VALUES = Label(
    zh="在参数的写定值、两端和中间成立; 其范围内的值太多, 未逐一证明",
    en="it holds at the written values, the ends and the middle of the parameters; their ranges have too many values to prove one by one",
)
NOT_REPLAYED = Label(zh="求解器给出的记录未被解释器证实", en="the solver's record is not confirmed by the interpreter")


NOT_FOUND = Label(zh="由结构不能判定, 也没有找到否定它的事件", en="structure does not tell, and no events that refute it were found")
KEYS_COMPUTED = Label(zh="规则用非文本的主键计算, 故未查找事件", en="a rule computes with a key that is no text, so no events were looked for")
NOT_LOWERED = Label(zh="由结构不能判定, 也没有找到降低分数的事件", en="structure does not tell, and no event that lowers it was found")


def unencodable(what: str) -> Label:
    """Why there is no integer term for something."""
    return Label(zh=f"无法写成整数式: {what}", en=f"no integer term says it: {what}")
