"""What a change of rules does: to their meaning, to the scores, to the gates, to real subjects."""
