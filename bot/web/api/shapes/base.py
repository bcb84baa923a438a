"""What the objects of the API have in common."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Shape(BaseModel):
    """An object exactly as described: nothing more, nothing less."""

    model_config = ConfigDict(extra="forbid")


Day = Annotated[str, Field(json_schema_extra={"format": "date"}, examples=["2024-03-15"])]
Yuan = Annotated[
    int | Annotated[str, Field(pattern=r"^\d+\.\d\d$")],
    Field(description="金额，元；不是整元时是两位小数的文字", examples=[5000000]),
]
Range = Annotated[
    tuple[Yuan, Yuan | None] | None,
    Field(description="[下限, 上限]，元；上限 null：条文没有写上限；整个是 null：条文没有写金额（不是 0）"),
]
