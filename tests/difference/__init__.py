"""Two versions compared: proof, words, data and report."""
