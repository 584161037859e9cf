"""A report drawn for people and for programs: it computes nothing of the law."""
