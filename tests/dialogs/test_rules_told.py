"""Rules that change no amount are told with their article: nobody should learn of repayment afterwards."""

from __future__ import annotations

from datetime import date

from dialogs.advance import Dialog
from dialogs.incoming import Said
from dialogs.replies import Text


def test_the_whole_result_tells_every_rule_of_the_document(dialog: Dialog) -> None:
    session = dialog.start("rules", date(2024, 3, 15))
    session, _ = dialog.advance(session, Said("海珠区"))
    _, replies = dialog.advance(session, Said("全部"))
    words = "\n".join(reply.text for reply in replies if isinstance(reply, Text))
    header = dialog.engine.corpus.policies["haizhu-2022"].header
    rules = [rule.says for rule in header.rules if not rule.measures]
    assert rules
    assert [says for says in rules if f"注意：{says}" not in words] == []
