"""Diagnostics of the analysis: what a ruleset says that can never happen, or always does."""

from __future__ import annotations

from .entry import Entry, error, say, warning

ENTRIES: dict[str, Entry] = {
    "threshold-never-met": error(
        say("`{condition}` never holds", "`{condition}` 永远不成立"),
        say("`{subject}` lies within {range}", "`{subject}` 的取值为 {range}"),
        say("choose a threshold within {range}", "门槛值应在 {range} 之内"),
    ),
    "threshold-always-met": error(
        say("`{condition}` always holds", "`{condition}` 永远成立"),
        say("`{subject}` lies within {range}", "`{subject}` 的取值为 {range}"),
        say("choose a threshold within {range}, or leave the condition out", "门槛值应在 {range} 之内, 或去掉此条件"),
    ),
    "row-never-reached": error(
        say("a row of the {kind:word} is never reached", "{kind:word}中有一行永远到不了"),
        say("no value comes to this row", "没有值会落到这一行"),
        say("it lies wholly outside {scale}, which is what the value can be", "这一行全在 {scale} 之外, 而取值只会在其内"),
        say("rows above it take every value within {range}", "上面各行已覆盖 {range} 内的所有值"),
        say("rows above it take every case, or its condition contradicts what must hold here", "上面各行已覆盖所有情况, 或其条件与此处前提矛盾"),
    ),
    "else-never-reached": error(
        say("the `else` of the {kind:word} is never reached", "{kind:word}的`否则`永远到不了"),
        say("no value comes to `else`", "没有值会落到`否则`"),
        say("rows above it take every value within {range}; leave it out", "上面各行已覆盖 {range} 内的所有值; 可去掉这一行"),
        say("rows above it take every case; let the last of them be the `else`", "上面各行已覆盖所有情况; 可让最后一行改作`否则`"),
    ),
    "none-never-reached": error(
        say("the `none` row of the {kind:word} is never reached", "{kind:word}的`缺`行永远到不了"),
        say("the value is never missing here", "此处的值不会缺"),
        say("leave the row out", "去掉这一行"),
    ),
    "stage-never-reached": error(
        say("nobody is ever in stage `{name}`", "没有主体会处于阶段 `{name}`"),
        say("never reached", "永远到不了"),
        say("the stages above it take everybody, or its condition never holds", "上面各阶段已覆盖所有主体, 或其条件永远不成立"),
    ),
    "dead-gate": error(
        say("{kind:word} `{name}` is always `{outcome:word}`", "{kind:word} `{name}` 永远是`{outcome:word}`"),
        say("this decides nothing", "此条件不起作用"),
        say("choose a condition that some subjects meet and others do not", "请用有的主体满足、有的不满足的条件"),
    ),
    "protection-never-applies": error(
        say("the protection of `{name}` never applies", "`{name}` 的保护永远不起作用"),
        say("wherever it could act, `{name}` lies within {range}, never below {amount}", "可起作用之处 `{name}` 的取值为 {range}, 不会低于 {amount}"),
        say("protect at a value within {within}, or leave it out", "保护值应在 {within} 之内, 或去掉此行"),
        say("leave it out", "去掉此行"),
    ),
    "protection-always-applies": error(
        say("the protection of `{name}` always applies", "`{name}` 的保护永远起作用"),
        say("`{name}` lies within {range} before it, never above {amount}", "此前 `{name}` 的取值为 {range}, 不会高于 {amount}"),
        say(
            "protect at a value within {within}, or add a condition: what is computed before it counts for nobody",
            "保护值应在 {within} 之内, 或加上条件: 否则之前的计算对谁都不起作用",
        ),
        say("write {amount} as the value, or add a condition", "直接以 {amount} 为值, 或加上条件"),
    ),
    "cap-never-applies": error(
        say("the cap of `{name}` never applies", "`{name}` 的封顶永远不起作用"),
        say("wherever it could act, `{name}` lies within {range}, never above {amount}", "可起作用之处 `{name}` 的取值为 {range}, 不会高于 {amount}"),
        say("cap at a value within {within}, or leave it out", "封顶值应在 {within} 之内, 或去掉此行"),
        say("leave it out", "去掉此行"),
    ),
    "cap-always-applies": error(
        say("the cap of `{name}` always applies", "`{name}` 的封顶永远起作用"),
        say("`{name}` lies within {range} before it, never below {amount}", "此前 `{name}` 的取值为 {range}, 不会低于 {amount}"),
        say(
            "cap at a value within {within}, or add a condition: what is computed before it counts for nobody",
            "封顶值应在 {within} 之内, 或加上条件: 否则之前的计算对谁都不起作用",
        ),
        say("write {amount} as the value, or add a condition", "直接以 {amount} 为值, 或加上条件"),
    ),
    "range-never-needed": warning(
        say("`{name}` never leaves its range {limits}", "`{name}` 从不超出其范围 {limits}"),
        say("it lies within {range} without it", "不限定时其取值为 {range}"),
        say("leave the range out, or choose a narrower one", "去掉范围, 或改窄"),
    ),
    "range-always-acts": error(
        say("whatever `{name}` comes to, its range {limits} makes it {end}", "无论 `{name}` 算得多少, 其范围 {limits} 都使它成为 {end}"),
        say("it lies within {range} without it", "不限定时其取值为 {range}"),
        say("choose a range that leaves some of {range} as it is", "范围应保留 {range} 中的一部分"),
    ),
    "adjustment-never-acts": error(
        say("the {what:word} of `{name}` is always 0", "`{name}` 的{what:word}永远为 0"),
        say("the amount is never above 0", "数额不会大于 0"),
        say("leave it out, or name an amount", "去掉此行, 或写明数额"),
    ),
    "limit-never-reached": warning(
        say("the {what:word} never reaches its limit of {limit}", "{what:word}永远达不到上限 {limit}"),
        say("it lies within {amount}", "其数额为 {amount}"),
        say("leave the limit out, or choose a smaller one", "去掉上限, 或改小"),
    ),
    "floor-above-ceiling": error(
        say("`{name}` is kept at least {floor} and at most {ceiling}", "`{name}` 既要不低于 {floor}, 又要不高于 {ceiling}"),
        say("what comes later undoes what comes before", "后一项会抵消前一项"),
        say("let the floor lie below the ceiling", "下限应低于上限"),
    ),
    "condition-never-holds": error(
        say("the condition of a {what:word} never holds", "{what:word}的条件永远不成立"),
        say("never true", "永远不成立"),
        say("look for parts that contradict each other", "请检查其中互相矛盾的部分"),
    ),
    "force-always-replaced": error(
        say("`force {tier}` never counts", "强制为 `{tier}` 永远不起作用"),
        say("a later `force {other}` holds whenever this one does", "凡此项成立, 后面的强制为 `{other}` 也成立"),
        say("the last force that holds wins; write the stronger one last, with a condition", "最后一个成立的强制生效; 请把更强的写在最后并加条件"),
    ),
    "tier-never-reached": warning(
        say("nobody ever gets {tier} of `{name}`", "`{name}` 的 {tier} 永远没有主体能得到"),
        say("never given", "永远不会给出"),
        say("let a row give it, or leave it out of the choices", "请让某一行给出它, 或从选项中去掉"),
    ),
    "void-claim": warning(
        say("the claim says nothing: `{target}` does not depend on `{field}`", "此断言没有内容: `{target}` 与 `{field}` 无关"),
        say("`{field}` is never read for it", "没有读取 `{field}`"),
        say("claim a direction in what it depends on", "请断言它所依赖的指标的方向"),
    ),
    "uncited-number": warning(
        say("nothing says where `{number}` comes from", "没有写明 `{number}` 的出处"),
        say("no citation covers it, and it is not assumed", "没有依据, 也未标为假定"),
        say(
            'cite it (`cites "..."` in the header or behind the clause), or mark it `assumed`; {others} more numbers have no source',
            '请注明依据 (文件头或句末写 `依据 "..."`), 或标为`假定`; 另有 {others} 个数没有出处',
        ),
        say('cite it (`cites "..."` in the header or behind the clause), or mark it `assumed`', '请注明依据 (文件头或句末写 `依据 "..."`), 或标为`假定`'),
    ),
}
