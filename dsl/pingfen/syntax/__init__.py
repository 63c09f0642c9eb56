"""The syntax: keywords, tokens, parser, syntax tree, and the tree printed as text again."""
