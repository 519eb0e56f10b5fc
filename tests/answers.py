"""Answers to the questions of the sample lessons, as fields of a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Answer = Mapping[str, str | Sequence[str]]

RIGHT: Mapping[str, Answer] = {
    "limits-aim": {"limits-aim": "comfort"},
    "limits-test": {"limits-test": ["law", "need"]},
    "limits-spoken": {"limits-spoken": "false"},
    "listening-pairs": {
        "listening-pairs.spoken": "law",
        "listening-pairs.all-year": "need",
        "listening-pairs.awkward": "aim",
    },
    "listening-steps": {
        "listening-steps.hear": "1",
        "listening-steps.think": "2",
        "listening-steps.answer": "3",
    },
    "listening-word": {"listening-word": "ได้สัดส่วน"},
    "equal-1": {"equal-1": "true"},
    "equal-2": {"equal-2": "true"},
    "equal-3": {"equal-3": "true"},
    "speaking-pre-1": {"speaking-pre-1": "false"},
    "speaking-pre-2": {"speaking-pre-2": "all"},
    "speaking-post-choice": {"speaking-post-choice": "order"},
    "speaking-post-several": {"speaking-post-several": ["law", "need"]},
    "speaking-post-true": {"speaking-post-true": "false"},
    "speaking-post-pairs": {
        "speaking-post-pairs.one": "law",
        "speaking-post-pairs.two": "need",
        "speaking-post-pairs.three": "aim",
    },
    "speaking-post-steps": {
        "speaking-post-steps.law": "1",
        "speaking-post-steps.aim": "2",
        "speaking-post-steps.need": "3",
    },
    "speaking-post-word": {"speaking-post-word": "ได้สัดส่วน"},
}

WRONG: Mapping[str, Answer] = {
    "limits-aim": {"limits-aim": "health"},
    "limits-test": {"limits-test": ["mood"]},
    "limits-spoken": {"limits-spoken": "true"},
    "listening-pairs": {
        "listening-pairs.spoken": "need",
        "listening-pairs.all-year": "aim",
        "listening-pairs.awkward": "law",
    },
    "listening-steps": {
        "listening-steps.hear": "3",
        "listening-steps.think": "1",
        "listening-steps.answer": "2",
    },
    "listening-word": {"listening-word": "เผ็ด"},
    "equal-1": {"equal-1": "false"},
    "equal-2": {"equal-2": "false"},
    "equal-3": {"equal-3": "false"},
    "speaking-post-choice": {"speaking-post-choice": "face"},
    "speaking-post-true": {"speaking-post-true": "true"},
    "speaking-post-word": {"speaking-post-word": "เผ็ด"},
}

PARTLY: Mapping[str, Answer] = {
    "limits-test": {"limits-test": ["law"]},
    "listening-pairs": {
        "listening-pairs.spoken": "law",
        "listening-pairs.all-year": "aim",
        "listening-pairs.awkward": "need",
    },
    "listening-steps": {
        "listening-steps.hear": "1",
        "listening-steps.think": "3",
        "listening-steps.answer": "2",
    },
}
"""Some of it right, not all."""


def together(*answers: Answer) -> dict[str, str | Sequence[str]]:
    """Several answers in one form."""
    return {name: value for answer in answers for name, value in answer.items()}
