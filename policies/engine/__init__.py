"""Judging enterprises under the law: verdicts, ranges, reasons and the best lawful combination."""
