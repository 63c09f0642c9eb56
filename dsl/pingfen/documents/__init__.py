"""Documents made from the plan: the rule page, the sources, the schemas, samples of events and starting rulesets."""
