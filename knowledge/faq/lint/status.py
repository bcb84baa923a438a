"""An answer hard-codes no status that depends on the date, calls a draft a draft, and names no document it does not cite."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.faq.lint.tone import texts_of
from knowledge.faq.references import PLACEHOLDER, Placed
from policies.findings import Finding
from policies.law import Corpus, LoadedPolicy

_DATED = re.compile(
    r"已经?(?:届满|失效|过期|到期|废止)|过期了|到期了|失效了|现行有效|(?:仍|仍然|还|还在|目前|现在|至今)有效"
    r"|在有效期内|还没(?:有)?(?:届满|到期|过期|施行)|不再有效|历史口径"
)
_QUOTED = re.compile(r"“[^”]*”")
_CALLED = {"draft": ("征求意见稿", "草案"), "explanatory_note": ("修改稿", "编制说明", "草案")}


def check_status(placed: Placed, corpus: Corpus) -> Iterator[Finding]:
    """All three checks, over everything a reader sees except quotes and placeholders."""
    for field, text in texts_of(placed):
        bare = _QUOTED.sub("", PLACEHOLDER.sub("", text))
        for found in _DATED.finditer(bare):
            yield Finding(
                placed.file,
                (*placed.path, field),
                f"写死了时效“{found[0]}”",
                "时效按查询那天计算，用 {status:文件编号}、{starts:文件编号}、{ends:文件编号}",
                "换成占位",
            )
    yield from _unlisted(placed, corpus)
    for policy in placed.entry.policies:
        yield from _called(placed, corpus.policies[policy])


def _unlisted(placed: Placed, corpus: Corpus) -> Iterator[Finding]:
    """What is said of a document rests on a citation, so a document named is a document concerned."""
    for policy in corpus.policies.values():
        names = [stem(district) for district in policy.header.districts]
        said = [name for name in names if name in placed.entry.answer]
        if said and not any(
            set(corpus.policies[other].header.districts) & set(policy.header.districts)
            for other in placed.entry.policies
        ):
            yield Finding(
                placed.file,
                (*placed.path, "answer"),
                f"提到{said[0]}，policies 里没有 {policy.id}",
                "提到的文件都列在 policies 里，并有引文",
                "补上文件和引文，或不提它",
            )


def _called(placed: Placed, policy: LoadedPolicy) -> Iterator[Finding]:
    header = policy.header
    names = _CALLED.get(header.stage)
    if names is None:
        return
    stems = [stem(district) for district in header.districts]
    lines = placed.entry.answer.splitlines()
    status = f"{{status:{policy.id}}}"
    told = [line for line in lines if status in line or any(name in line for name in names)]
    mentioned = any(name in line for line in lines for name in stems)
    if not told or (mentioned and not any(name in line for line in told for name in stems)):
        yield Finding(
            placed.file,
            (*placed.path, "answer"),
            f"没有说明{header.short}是草案",
            f"提到它的一行写明“{names[0]}”",
            f"写成“{stems[0]}（{names[0]}）”或说明它没有生效",
        )


def stem(district: str) -> str:
    """The name people use: ``海珠区`` is ``海珠``."""
    return district[:-1] if district[-1] in "区市县" and len(district) > 2 else district
