"""Schemas of what a ruleset reads; they stand beside the plan, because the artifact holds them too."""

from __future__ import annotations

from ..plan.schema import record_schema, table_schemas

__all__ = ["record_schema", "table_schemas"]
