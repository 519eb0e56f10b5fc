"""What is wrong with the lesson files, collected in one go."""

from __future__ import annotations

from collections.abc import Iterable

from classroom.content.model import Problem


class Problems:
    """Collects problems; the same one said twice is kept once."""

    def __init__(self) -> None:
        self._found: dict[Problem, None] = {}

    def add(self, file: str, line: int, message: str) -> None:
        self._found[Problem(file, line, message)] = None

    def extend(self, problems: Iterable[Problem]) -> None:
        self._found.update(dict.fromkeys(problems))

    def files(self) -> frozenset[str]:
        """The files that have a problem so far."""
        return frozenset(problem.file for problem in self._found)

    def in_order(self) -> tuple[Problem, ...]:
        """By file and line."""
        return tuple(sorted(self._found, key=lambda problem: (problem.file, problem.line, problem.message)))
