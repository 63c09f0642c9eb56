"""Tables of constants with thousands of choices are looked through once, not once for each pair of choices."""

from __future__ import annotations

from .programs import compiled


def test_a_pair_without_a_row_is_found_among_millions() -> None:
    choices = [f"o{index}" for index in range(3000)]
    rows = "\n".join(f"  {choice}, any -> 1" for choice in choices[:-1])
    text = f"""
subject store_id {{
  a one of {", ".join(choices)}
  b one of {", ".join(choices)}
}}
table points_of by a, b (all) {{
{rows}
  any, o1 -> 2
}}
display d = points_of.all
"""
    assert [(found.code, found.arguments["keys"]) for found in compiled(text).diagnostics if found.code == "row-missing"] == [("row-missing", "`o2999`, `o0`")]
