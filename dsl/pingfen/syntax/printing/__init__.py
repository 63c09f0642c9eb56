"""Prints a text anew in the canonical layout: words in the wished language, spaces, lines, aligned columns, comments where they stood."""
