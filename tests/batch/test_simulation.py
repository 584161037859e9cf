"""The cluster that is played: what must hold whatever the times are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation import Work, Workers, play

EVEN = Work(items=1_000, batch=10, mean=0.1, spread=0.0, sending=0.0, taking=0.0)


def test_one_worker_without_overhead_takes_the_sum() -> None:
    """Nothing is hidden in the play."""
    assert play(EVEN, Workers(1, start=2.0)).seconds == pytest.approx(102.0)


def test_the_sender_bounds_the_number_of_workers() -> None:
    """With a hundredth of a second for each result, a thousand workers are no faster than the sender."""
    assert play(EVEN._replace(taking=0.01), Workers(1_000, start=0.0)).seconds == pytest.approx(11.0)


def test_deaths_cost_time_and_lose_nothing() -> None:
    """What was being done is done again."""
    calm, rough = (play(EVEN, Workers(4, 0.0, life, 5.0)) for life in (float("inf"), 20.0))
    assert calm.again == 0
    assert rough.again > 0
    assert rough.seconds > calm.seconds


@settings(max_examples=40)
@given(st.integers(1, 20), st.integers(1, 50), st.floats(0, 0.2), st.sampled_from([float("inf"), 50.0]))
def test_no_play_beats_what_is_possible(number: int, batch: int, spread: float, life: float) -> None:
    """Workers never do more than their time allows."""
    played = play(EVEN._replace(items=200, batch=batch, spread=spread), Workers(number, 1.0, life))
    assert 0 < played.efficiency <= 1
