"""Many different enterprises, always the same ones: where they are, and answers about a few measures."""

from __future__ import annotations

import random

from policies.engine.engine import Engine
from policies.model.fact import Fact
from policies.values import PPM, Facts, Value, exactly

MEASURES = 5


def strangers(engine: Engine, count: int) -> list[Facts]:
    """So many enterprises; each says where it is and answers most of what brings five measures into play."""
    chance = random.Random(20)
    rules = [rule for policy in engine.policies.values() for rule in policy.rules]
    made: list[Facts] = []
    for _ in range(count):
        told = dict.fromkeys(key for rule in chance.sample(rules, MEASURES) for key in sorted(rule.telling))
        keys = ["district", *(key for key in told if chance.random() < 0.8)]
        made.append({key: _answer(engine.corpus.facts[key], chance) for key in keys})
    return made


def _answer(fact: Fact, chance: random.Random) -> Value:
    if fact.type == "bool":
        return chance.random() < 0.8
    if fact.type == "choice":
        return chance.choice(fact.choices)
    if fact.type == "set":
        return frozenset({chance.choice(fact.choices)})
    most = {"money": 12, "share": len(str(PPM)) - 1}.get(fact.type, 3)
    return exactly(int(10 ** chance.uniform(0, most)))
