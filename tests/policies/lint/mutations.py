"""Mutants of a document's rule files: one small mistake each, of the kinds an officer can make."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import chain
from typing import Any

Tree = dict[str, Any]
Place = tuple[str | int, ...]
COMPARATORS = {"at_least": "more_than", "more_than": "at_least", "at_most": "less_than", "less_than": "at_most"}
NOT_RULES = {"cases", "not_rules", "effective", "articles", "definitions", "rules", "predecessor"}
_AMOUNT = re.compile(r"\d+(?:\.\d+)?(?:[%‰]|(?:万亿|亿|万)?[元家项场人天台条次个年月款件])")
_QUANTITY = re.compile(rf"(?:{_AMOUNT.pattern}|\d+:\d+)(?:[+×]{_AMOUNT.pattern})*")


@dataclass(frozen=True)
class Mutant:
    """One mistake: its kind, the file it is in, what was done, and the file's contents with it."""

    kind: str
    file: str
    what: str
    tree: Tree


def mutants(trees: dict[str, Tree]) -> Iterator[Mutant]:
    """All mutants of one document, file by file. ``trees`` are the parsed files by name."""
    for file, tree in trees.items():
        edits = chain(
            _comparators(tree), _numbers(tree), _conditions(tree), _answers(tree), _words(tree), _awards(tree),
            _readings(tree), _bounds(tree), _cites(tree, trees), _not_rules(tree),
        )  # fmt: skip
        own = _header(tree) if file == "policy.yaml" else _quotes(tree, trees)
        for kind, what, edit in chain(edits, own):
            changed = copy.deepcopy(tree)
            edit(changed)
            if changed != tree:
                yield Mutant(kind, file, what, changed)


_Edits = Iterator[tuple[str, str, Callable[[Tree], object]]]


def _nodes(node: Any, path: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Every part of a file that holds rules."""
    yield path, node
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in items:
        if key not in NOT_RULES:
            yield from _nodes(value, (*path, key))


def _at(tree: Tree, path: Place) -> Any:
    node: Any = tree
    for step in path:
        node = node[step]
    return node


def _set(path: Place, value: Any) -> Callable[[Tree], object]:
    return lambda tree: _at(tree, path[:-1]).__setitem__(path[-1], copy.deepcopy(value))


def _drop(path: Place) -> Callable[[Tree], object]:
    return lambda tree: _at(tree, path[:-1]).__delitem__(path[-1])


def _rename(path: Place, old: str, new: str) -> Callable[[Tree], object]:
    def edit(tree: Tree) -> None:
        node = _at(tree, path)
        node[new] = node.pop(old)

    return edit


def _is_test(node: Any) -> bool:
    return isinstance(node, dict) and "words" in node and bool(node.keys() & {"is", "in", "has_any", *COMPARATORS})


def _show(path: Place) -> str:
    return ".".join(map(str, path))


def _comparators(tree: Tree) -> _Edits:
    for path, node in _nodes(tree):
        for name in [name for name in COMPARATORS if name in node] if _is_test(node) else ():
            yield "comparator flipped", f"{_show(path)} {name}", _rename(path, name, COMPARATORS[name])


def _numbers(tree: Tree) -> _Edits:
    for path, node in _nodes(tree):
        if not isinstance(node, str) or not _QUANTITY.fullmatch(node) or path[-1] in ("title", "words", "quote"):
            continue
        for number in re.finditer(r"\d+(?:\.\d+)?", node):
            was = number[0]
            whole = int(float(was))
            for now in (f"{whole * 10}", f"{whole + 1}", f"{whole - 1}", f"{whole // 10}"):
                if now not in (was, "-1"):
                    changed = node[: number.start()] + now + node[number.end() :]
                    yield "number changed", f"{_show(path)} {node} -> {changed}", _set(path, changed)


def _conditions(tree: Tree) -> _Edits:
    for path, node in _nodes(tree):
        conditions = path and path[-1] in ("requires", "all", "any", "scope") and path[0] != "asked"
        if conditions and isinstance(node, list):
            for index in range(len(node)):
                yield "condition dropped", _show((*path, index)), _drop((*path, index))


def _answers(tree: Tree) -> _Edits:
    for path, node in _nodes(tree):
        if not _is_test(node):
            continue
        if isinstance(node.get("is"), bool):
            yield "is true/false flipped", _show(path), _set((*path, "is"), not node["is"])
        for name in ("in", "has_any"):
            choices = node.get(name)
            for index in range(len(choices) if isinstance(choices, list) and len(choices) > 1 else 0):
                yield "choice dropped", _show((*path, name, index)), _drop((*path, name, index))
        yield "presumed flipped", _show(path), _set((*path, "presumed"), not node.get("presumed", False))


def _words(tree: Tree) -> _Edits:
    """Words of a measure replaced by other words the same measure cites."""
    for index, measure in enumerate(tree.get("measures", ())):
        here: Place = ("measures", index)
        places = [(path, node) for path, node in _nodes(measure, here) if path[-1] == "words"]
        others = list(dict.fromkeys(words for _, words in places))
        for path, words in places:
            for other in [candidate for candidate in others if candidate != words][:3]:
                yield "words swapped", f"{_show(path)} -> {other}", _set(path, other)


def _awards(tree: Tree) -> _Edits:
    for path, award in _nodes(tree):
        if not path or path[-1] != "award" or not isinstance(award, dict):
            continue
        shown = _show(path)
        share = "of" in award
        for old, new in (("up_to", "rate" if share else "fixed"), ("rate", "up_to"), ("fixed", "up_to")):
            if old in award:
                yield "award kind changed", f"{shown} {old} -> {new}", _rename(path, old, new)
        if award.keys() & {"fixed", "rate", "each"}:
            yield "maximum flipped", shown, _set((*path, "maximum"), not award.get("maximum", False))
        if isinstance(award.get("each"), str):
            yield "award kind changed", f"{shown} each -> fixed", partial(_fixed, path=path)
        if "cap" in award:
            yield "cap dropped", shown, _drop((*path, "cap"))
        for index, limit in enumerate(award.get("limits", ())):
            at = (*path, "limits", index)
            yield "limit dropped", _show(at), _drop(at)
            for name in ("less", "only_if", "mode"):
                if name in limit:
                    yield "limit loosened", f"{_show(at)} {name}", _drop((*at, name))
            for mode in ("ceiling", "gate_before", "gate_after"):
                if mode != limit.get("mode", "ceiling"):
                    yield "limit mode changed", f"{_show(at)} {mode}", _set((*at, "mode"), mode)
        for index in range(len(award.get("tiers", {}).get("steps", ()))):
            yield "tier dropped", f"{shown} {index}", _drop((*path, "tiers", "steps", index))


def _fixed(tree: Tree, path: Place) -> None:
    award = _at(tree, path)
    award["fixed"] = award.pop("each")
    del award["per"]


def _readings(tree: Tree) -> _Edits:
    for path, reading in _nodes(tree):
        if not isinstance(reading, dict) or "otherwise" not in reading:
            continue
        for option in reading["otherwise"]:
            yield "reading's variant dropped", f"{_show(path)} {option}", _drop((*path, "otherwise", option))
        for differ in sorted({"default", "depends", "contested"} - {reading.get("differ", "default")}):
            yield "differ changed", f"{_show(path)} {differ}", _set((*path, "differ"), differ)


def _bounds(tree: Tree) -> _Edits:
    for path, node in _nodes(tree):
        if path and path[-1] == "bounds" and isinstance(node, list):
            for index in range(len(node)):
                yield "bound dropped", _show((*path, index)), _drop((*path, index))


def _every_cite(tree: Tree) -> list[tuple[Place, Tree]]:
    found: list[tuple[Place, Tree]] = []

    def walk(node: Any, path: Place) -> None:
        if isinstance(node, dict) and node.keys() == {"article", "quote"}:
            found.append((path, node))
        items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
        for key, value in items:
            walk(value, (*path, key))

    walk(tree, ())
    return found


def _cites(tree: Tree, trees: dict[str, Tree]) -> _Edits:
    articles = [rule["id"] for rule in trees["policy.yaml"]["articles"]]
    cites = _every_cite(tree)
    for index, (path, cite) in enumerate(cites):
        at = articles.index(cite["article"])
        for other in sorted({articles[at - 1], articles[(at + 1) % len(articles)]} - {cite["article"]}):
            yield "citation: article swapped", f"{_show(path)} -> {other}", _set((*path, "article"), other)
        same = [other for _, other in cites if other["article"] == cite["article"] and other != cite]
        for other in same[:2]:
            yield "citation: other sentence of the article", _show(path), _set((*path, "quote"), other["quote"])
        _, elsewhere = cites[(index + 1) % len(cites)]
        yield "citation: sentence of another place", _show(path), _set(path, elsewhere)


def _quotes(tree: Tree, trees: dict[str, Tree]) -> _Edits:
    articles = [rule["id"] for rule in trees["policy.yaml"]["articles"]]
    measures = tree.get("measures", [])
    strangers = [other["quote"] for file in trees.values() if file is not tree for other in file.get("measures", [])]
    for index, measure in enumerate(measures):
        path: Place = ("measures", index)
        for other in measures:
            yield "quote of another measure", _show(path), _set((*path, "quote"), other["quote"])
        for quote in strangers[index : index + 1]:
            yield "quote of another article", _show(path), _set((*path, "quote"), quote)
        own = measure.get("article", tree["article"])
        near = articles.index(own)
        for article in sorted({*articles[max(0, near - 1) : near + 2], tree["article"]}):
            if article != own:
                yield (
                    "measure moved to another article",
                    f"{_show(path)} -> {article}",
                    _set((*path, "article"), article),
                )
        if isinstance(measure["quote"], list):
            for place in range(len(measure["quote"])):
                yield "sentence of a quote dropped", _show((*path, place)), _drop((*path, "quote", place))
        for place in range(len(measure.get("also", ()))):
            yield "sentence of a quote dropped", f"{_show(path)}.also.{place}", _drop((*path, "also", place))


def _not_rules(tree: Tree) -> _Edits:
    for index in range(len(tree.get("not_rules", ()))):
        yield "not_rules dropped", str(index), _drop(("not_rules", index))


def _header(tree: Tree) -> _Edits:
    for name in ("caps", "choose_one", "higher_of", "pools"):
        for index, rule in enumerate(tree.get(name, ())):
            yield f"{name} dropped", rule["id"], _drop((name, index))
            for key in ("less", "when", "yearly"):
                if key in rule:
                    yield f"{name} loosened", f"{rule['id']} {key}", _drop((name, index, key))
            for key in ("over", "lifted_by"):
                for place in range(len(rule.get(key, ()))):
                    yield f"{key} shortened", f"{rule['id']} {place}", _drop((name, index, key, place))
            for group, members in enumerate(rule.get("groups", ())):
                for place in range(len(members)):
                    at = (name, index, "groups", group, place)
                    yield "group shortened", _show(at), _drop(at)
    for key in ("maxima", "net_of_tax"):
        if key in tree:
            yield "maxima dropped", key, _drop((key,))
    yield from _dates(tree)


def _dates(tree: Tree) -> _Edits:
    for window in ("effective", "predecessor"):
        for side in ("starts", "ends") if window in tree else ():
            for name, day in tree[window][side].items():
                for shift in (1, -1) if isinstance(day, date) else ():
                    moved = day + timedelta(days=shift)
                    at: Place = (window, side, name)
                    yield "date changed", f"{_show(at)} {day} -> {moved}", _set(at, moved)
