"""How speakers take back what they said. General language."""

from __future__ import annotations

import re

CORRECTION = re.compile(
    r"不对(?!吗|吧)|[说写打搞弄讲记报]错了?|更正|应该是|应为|纠正|口误|(?:^|(?<=[，。；…哦噢啊呃哎诶喔]))等等，|等一下，|[啊哦噢呃喔哎唉呀]+不(?:是|对)?(?=[，。])|(?<=，)不+(?=，)|(?<=，)不是(?=，是)"
)
_AT_ONCE = re.compile(rf"[的了…，。]{{0,4}}(?:{CORRECTION.pattern})[，。]*(?:应该|其实)?是?(?P<then>.?)")


def taken_back(rest: str) -> bool:
    """Whether what stands before ``rest`` is taken back at once (省级标杆……啊不，市级标杆); not where a figure is corrected."""
    found = _AT_ONCE.match(rest)
    return found is not None and not found["then"] >= "\ue000"
