"""SQL from the plan: sqlglot trees (never strings) over scaled 64-bit integers, spelled by a dialect that is one file per engine."""
