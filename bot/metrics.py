"""Figures for Prometheus. No label ever holds anything of a person."""

from __future__ import annotations

from prometheus_client import Counter, Histogram

RECEIVED = Counter("huiqi_received_total", "Messages received, by whether they were new", ("channel", "known"))
TURNS = Counter("huiqi_turns_total", "Messages processed, by how it ended", ("channel", "ended"))
TURN_SECONDS = Histogram(
    "huiqi_turn_seconds",
    "From the claim of a message to its commit",
    buckets=(0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2.0),
)
WAIT_SECONDS = Histogram(
    "huiqi_wait_seconds",
    "From the arrival of a message to the commit of its turn",
    buckets=(0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 30.0, 150.0),
)
HANDOVERS = Counter("huiqi_handovers_total", "Hand-overs to a person, by what became of them", ("what",))
SENDS = Counter("huiqi_sends_total", "Calls of a channel, by how they ended", ("channel", "ended"))
