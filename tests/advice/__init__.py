"""Advice: exact, cheapest, replayed, and told in words."""
