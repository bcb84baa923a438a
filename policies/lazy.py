"""A property computed on first use and kept. Like ``functools.cached_property``, without the lock of Python 3.11."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

T = TypeVar("T")


class lazy(Generic[T]):  # noqa: N801 - used as a decorator, like property
    """Keeps the value in the instance's ``__dict__`` under the attribute's own name, so that it is asked only once."""

    def __init__(self, make: Callable[[Any], T]) -> None:
        """Use as a decorator of a method without arguments."""
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        """Remember the attribute's name."""
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: object | None, owner: type) -> Self | T:
        """Compute the value; the next access finds it in ``__dict__`` and does not come here."""
        if instance is None:
            return self
        value = instance.__dict__[self._name] = self._make(instance)
        return value
