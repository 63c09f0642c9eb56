"""Speed, measured as ratios within one run: against hand-written code, a peer, or a limit. Nothing here is a test."""
