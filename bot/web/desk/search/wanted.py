"""What is looked for: words and filters as they stand in the address, checked."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from dialogs.commands import BadDateError, read_day

Kind = Literal["", "money", "in_kind", "rules"]
Status = Literal["", "in_force", "expired", "draft", "open"]
KINDS: dict[Kind, str] = {"": "全部", "money": "给钱的", "in_kind": "不给钱的", "rules": "规则和定义"}
STATUSES: dict[Status, str] = {
    "": "全部",
    "in_force": "现行有效",
    "expired": "已届满",
    "draft": "没有生效",
    "open": "时效没有定论",
}


def _day(value: object) -> object:
    if isinstance(value, str) and value.strip():
        try:
            return read_day(value.strip())
        except BadDateError as error:
            raise ValueError(str(error)) from error
    return None if value == "" else value


class Wanted(BaseModel):
    """Words and filters; an empty one leaves everything in. ``as_of``: the day the status is told for, else today."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    q: Annotated[str, Field(max_length=200)] = ""
    district: Annotated[str, Field(max_length=40)] = ""
    topic: Annotated[str, Field(max_length=40)] = ""
    kind: Kind = ""
    status: Status = ""
    as_of: Annotated[date | None, BeforeValidator(_day)] = None

    @property
    def filters(self) -> bool:
        """Whether any article may be left out."""
        return bool(self.district or self.topic or self.kind or self.status)
