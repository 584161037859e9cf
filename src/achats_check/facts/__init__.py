"""Documents → facts with evidence: knows how tender documents word things, not what the law says.

The doors are ``facts.extract.extract`` (pieces), ``facts.description`` (JSON, YAML, profiles),
``facts.values.declared_facts`` (``--set``) and ``facts.declared.merge_declared``; this face imports none
of them, so that a run pays only for the doors it opens.
"""
