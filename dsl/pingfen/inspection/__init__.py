"""Checks many files: results by content are remembered, the rest is compiled on two cores, folders of versions are compared as a whole."""
