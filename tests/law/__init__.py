"""The engine: conditions, parameters, judgement, findings."""
