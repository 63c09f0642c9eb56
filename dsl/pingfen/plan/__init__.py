"""The plan: what a ruleset means, typed and without sugar, over scaled 64-bit integers."""
