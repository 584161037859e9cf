"""Documents → facts with evidence: knows how tender documents word things, not what the law says."""
