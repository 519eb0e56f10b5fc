"""Choose the 2,048 words of learner cards, classroom/accounts/card_words.txt, from PyThaiNLP's word list (CC0).

    pip download --no-deps pythainlp==5.4.0        # into a folder of its own: it is no dependency
    python .ci/choose_card_words.py pythainlp-5.4.0-*.whl

A word is taken that has the right form (`has_right_form`), that somebody has read and found familiar and harmless
(card_words_read.txt beside this file: nothing of violence, sex, politics, religion, royalty, the body, insults, names,
money, drugs or illness), and that nobody can take for another or for the beginning of another, however it is typed.
Where two share a skeleton, the one that school books and the national corpus use more often stays.
"""

from __future__ import annotations

import math
import re
import sys
import zipfile
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path

from classroom import thai

HOW_MANY = 2048
READ = Path(__file__).with_name("card_words_read.txt")
TARGET = Path(__file__).parents[1] / "classroom" / "accounts" / "card_words.txt"
CORPUS = "pythainlp/corpus/"

LETTERS_AND_MARKS = re.compile("[\u0e01-\u0e2e\u0e30-\u0e32\u0e34-\u0e39\u0e40-\u0e44\u0e47-\u0e4c]+")
"""No sara am (U+0E33), which is typed in two ways; no repetition or abbreviation signs, digits or spaces."""
MARKS = re.compile("[\u0e47-\u0e4c]")
STACK = re.compile("[\u0e31\u0e34-\u0e39][\u0e47-\u0e4c]")
"""A vowel and a mark on one letter: small print hides one of them."""


def main(wheel: Path) -> None:
    frequent = frequencies(wheel)
    fit = [word for word in words_of(wheel, "words_th.txt") if has_right_form(word)]
    read = set(READ.read_text(encoding="utf-8").split())
    chosen = by_use(told_apart(by_use(read.intersection(fit), frequent)), frequent)[:HOW_MANY]
    if len(chosen) < HOW_MANY:
        sys.exit(f"{len(chosen)} words: read {HOW_MANY - len(chosen)} more")
    TARGET.write_text("\n".join(sorted(chosen, key=thai.sort_key)) + "\n", encoding="utf-8", newline="\n")
    print(f"{len(fit)} have the right form, {len(read)} were read, {len(chosen)} chosen")


def words_of(wheel: Path, name: str) -> list[str]:
    """The lines of one of the package's lists."""
    with zipfile.ZipFile(wheel) as package:
        return package.read(CORPUS + name).decode("utf-8-sig").splitlines()


def frequencies(wheel: Path) -> Mapping[str, float]:
    """How much a word is used: the Thai Textbook Corpus counts more than the Thai National Corpus."""
    used: dict[str, float] = {}
    for name, weight in (("ttc_freq.txt", 1.0), ("tnc_freq.txt", 0.7)):
        for line in words_of(wheel, name):
            word, _, count = line.partition("\t")
            used[word] = used.get(word, 0.0) + weight * math.log1p(int(count) if count.isdigit() else 0)
    return used


def has_right_form(word: str) -> bool:
    """Three to seven letters, and no signs that look alike and differ in bytes."""
    is_spelled_one_way = LETTERS_AND_MARKS.fullmatch(word) and not STACK.search(word)
    return bool(is_spelled_one_way) and 3 <= len(MARKS.sub("", word)) <= 7


def by_use(words: Iterable[str], frequent: Mapping[str, float]) -> list[str]:
    return sorted(words, key=lambda word: (-frequent.get(word, 0.0), word))


def told_apart(words: Iterable[str]) -> list[str]:
    """One word a skeleton, the first, and none that another begins with: four typed in one go read in one way only."""
    first: dict[str, str] = {}
    for word in words:
        first.setdefault(thai.skeleton(word), word)
    skeletons = sorted(first)
    beginnings = {short for short, long in pairwise(skeletons) if long.startswith(short)}
    return [first[skeleton] for skeleton in skeletons if skeleton not in beginnings]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
