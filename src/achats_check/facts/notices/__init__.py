"""Notices and contract records → facts: what each field means is data in ``rules/avis``, here is what takes several."""
