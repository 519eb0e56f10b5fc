"""Gives every question another key and leaves what is asked as it was."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

import yaml

Item = dict[str, Any]


def change_every_key(lessons: Path) -> None:
    """Another right answer, other whys and another place, in every quiz.yaml."""
    for file in lessons.rglob("quiz.yaml"):
        written = yaml.safe_load(file.read_text(encoding="utf-8"))
        file.write_text(yaml.safe_dump(_changed(written), allow_unicode=True, sort_keys=False), encoding="utf-8")


def _changed(written: Any) -> Any:
    if isinstance(written, dict):
        return {name: _changed(items) for name, items in written.items()}
    return [_with_another_key(item) for item in written]


def _with_another_key(item: Item) -> Item:
    changed = item | {"explain": "ข้อความใหม่", "see": "limits#history"}
    match item["kind"]:
        case "one-choice" | "several-choices":
            return changed | {"choices": _other_choices(item)}
        case "true-false":
            return changed | {"answer": not item["answer"], "why": {True: "เหตุผลใหม่", False: "เหตุผลอื่น"}}
        case "matching":
            return changed | {"rows": _other_matches(item)}
        case "ordering":
            steps = [step | {"why": f"เหตุผลใหม่ {step['id']}"} for step in item["steps"]]
            return changed | {"steps": steps, "order": _other_order(item)}
        case _:
            why = {"right": "เหตุผลใหม่", "wrong": "เหตุผลอื่น"}
            return changed | {"accept": ["อย่างอื่น"], "near": [{"text": "เกือบถูก", "why": "เกือบ"}], "why": why}


def _other_choices(item: Item) -> list[Item]:
    """The mark of right moves on by one choice."""
    choices = item["choices"]
    rights = [choice.get("right", False) for choice in choices]
    moved = [rights[-1], *rights[:-1]]
    return [
        {"id": choice["id"], "text": choice["text"], "right": right, "why": f"เหตุผลใหม่ {choice['id']}"}
        for choice, right in zip(choices, moved, strict=True)
    ]


def _other_matches(item: Item) -> list[Item]:
    rows = item["rows"]
    matches = [row["match"] for row in rows]
    moved = [matches[-1], *matches[:-1]]
    return [row | {"match": match, "why": f"เหตุผลใหม่ {row['id']}"} for row, match in zip(rows, moved, strict=True)]


def _other_order(item: Item) -> list[str]:
    shown = [step["id"] for step in item["steps"]]
    return next(list(order) for order in permutations(shown) if list(order) not in (shown, item["order"]))
