"""Corpora larger than ours: the five documents, again and again, for other districts, industries and amounts."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from policies.document import Article
from policies.law import Corpus, LoadedPolicy

INDUSTRIES = ("工业互联网", "生物医药", "新型储能", "智能网联汽车", "超高清视频", "时尚美妆", "现代农业", "跨境电商")


def grown(corpus: Corpus, articles: int) -> Corpus:
    """The five documents, and copies of them with other districts, industries and amounts, up to a number of articles."""
    chance = random.Random(articles)
    own = list(corpus.policies.values())
    policies = dict(corpus.policies)
    count = sum(len(policy.articles) for policy in own)
    while count < articles:
        number = len(policies)
        copy = _elsewhere(own[number % len(own)], number, chance)
        policies[copy.id] = copy
        count += len(copy.articles)
    return replace(corpus, policies=policies)


def _elsewhere(policy: LoadedPolicy, number: int, chance: random.Random) -> LoadedPolicy:
    industry = chance.choice(INDUSTRIES)

    def changed(article: Article) -> Article:
        text = re.sub(r"\d+(?=万|%|家|亿)", lambda match: str(int(match[0]) + chance.randint(1, 50)), article.text)
        return replace(article, text=text.replace("工业互联网", industry))

    articles = {id_: changed(article) for id_, article in policy.articles.items() if article.parent is None}
    measures = tuple(measure for measure in policy.measures if measure.article.id in articles)
    header = policy.header.model_copy(update={"districts": (f"青{number}河区",), "aliases": {}})
    return replace(policy, id=f"{policy.id}-{number}", header=header, articles=articles, measures=measures)
