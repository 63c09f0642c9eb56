"""Scores of new days from the partials of earlier ones."""
