"""The words every part of achats-check speaks: documents, facts, rules, findings, reports.

Standard library only. Records are named tuples: immutable, and about eight times cheaper to define
at start-up than frozen dataclasses, which a command of a few dozen milliseconds can feel.
"""
