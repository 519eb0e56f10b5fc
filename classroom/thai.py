"""Thai: dates in the Buddhist era, sorting, forgiving comparison. The only place that knows +543."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

BANGKOK = ZoneInfo("Asia/Bangkok")
CHOICE_LETTERS = "กขคงจฉชซฌญ"

MONTHS = ("มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม").split()
SHORT_MONTHS = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split()

_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_KEYS_IN_THAI = 'ๅ/-ภถุึคตจๆไำพะัีรนยฟหกดเ้่าสผปแอิืท๐"ฎฑธํ๊ณฯญฤฆฏโฌ็๋ษศ()ฉฮฺ์?'
_KEYS_IN_LATIN = "1234567890qwertyuiopasdfghjklzxcvbnmQWERTYUIOPASDFGHJKLZXCVBNM"
_ON_LATIN_KEYS = str.maketrans(_KEYS_IN_THAI, _KEYS_IN_LATIN)
_THAI_LETTER = re.compile("[\u0e01-\u0e4e]")
_INVISIBLE = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_DIGITS_IN_A_ROW = re.compile(r"[0-9](?:[\s.\-\u2010-\u2015]?[0-9])*")
_SARA_AM_IN_TWO = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")
_TONE_AFTER_SARA_AM = re.compile("\u0e33([\u0e48-\u0e4b])")
_TONES_AND_SILENCERS = re.compile("[\u0e47-\u0e4c]")
_LEADING_VOWEL = re.compile("([\u0e40-\u0e44])(.)")
_NEVER_IN_A_SKELETON = re.compile("[^\u0e01-\u0e2e\u0e30-\u0e32\u0e34-\u0e39\u0e40-\u0e45]")
_LOOK_ALIKE = ("ขฃ", "ซช", "ฎฏ", "ดตคฅ", "บป", "ผฝ", "พฟ", "ถภ", "าๅ", "ไใ", "\u0e34\u0e35\u0e36\u0e37", "\u0e38\u0e39")
_ONE_FOR_ALL = str.maketrans({letter: alike[0] for alike in _LOOK_ALIKE for letter in alike})


def today(moment: datetime) -> date:
    """The day in Bangkok at `moment` (aware)."""
    return moment.astimezone(BANGKOK).date()


def year(day: date) -> int:
    """The Buddhist-era year."""
    return day.year + 543


def date_long(day: date) -> str:
    """24 พฤศจิกายน 2569"""
    return f"{day.day}\u00a0{MONTHS[day.month - 1]}\u00a0{year(day)}"


def date_medium(day: date) -> str:
    """24 พ.ย. 2569"""
    return f"{day.day}\u00a0{SHORT_MONTHS[day.month - 1]}\u00a0{year(day)}"


def clock_time(moment: datetime) -> str:
    """13.30 น."""
    return f"{moment.astimezone(BANGKOK):%H.%M}\u00a0น."


def date_and_time(moment: datetime) -> str:
    """24 พ.ย. 2569 13.30 น."""
    return f"{date_medium(today(moment))} {clock_time(moment)}"


def letter(position: int) -> str:
    """The letter of a choice by position from 0: ก ข ค ง …"""
    return CHOICE_LETTERS[position]


def normalise(text: str) -> str:
    """NFC (never NFKC, which splits sara am), with the two usual mistypings mended: เ+เ → แ and nikhahit+า → ำ."""
    mended = _SARA_AM_IN_TWO.sub("\\1\u0e33", text.replace("\u0e40\u0e40", "\u0e41"))
    return unicodedata.normalize("NFC", mended)


def visible(text: str) -> str:
    """Without signs that nobody sees: bidirectional controls, zero-width spaces, soft hyphens."""
    return _INVISIBLE.sub("", text)


def fold(text: str) -> str:
    """What answers share that differ only in spaces, Thai digits, case, invisible signs or the spelling of sara am."""
    bare = normalise(re.sub(r"\s+", "", visible(text)))
    return _TONE_AFTER_SARA_AM.sub("\\1\u0e33", bare).translate(_THAI_DIGITS).casefold()


def latin_digits(text: str) -> str:
    """The text with 0 to 9 for Thai digits."""
    return text.translate(_THAI_DIGITS)


def on_latin_keys(text: str) -> str:
    """What the same keys give on a Latin keyboard, where Thai letters show that it was left in Thai (Kedmanee)."""
    return text.translate(_ON_LATIN_KEYS) if _THAI_LETTER.search(text) else text


def skeleton(text: str) -> str:
    """What two readings of the same print share: its letters alone, one standing for all that look like it.

    Spaces, hyphens, invisible signs, tones, silencers and length marks are left out.
    """
    return normalise(_NEVER_IN_A_SKELETON.sub("", text)).translate(_ONE_FOR_ALL)


def sort_key(text: str) -> tuple[str, str, str]:
    """Dictionary order of the Royal Institute: leading vowels after their consonant, tone marks last."""
    swapped = _LEADING_VOWEL.sub(r"\2\1", text)
    return (_TONES_AND_SILENCERS.sub("", swapped), swapped, text)


def join_words(words: Iterable[str]) -> str:
    """ก ข และ ค"""
    parts = list(words)
    if len(parts) < 2:
        return "".join(parts)
    return f"{' '.join(parts[:-1])} และ{parts[-1]}"


def holds_id_number(text: str) -> bool:
    """Does a Thai identity number stand in it: 13 digits, spaced or hyphenated as people do, whose last one checks?

    A run of more or fewer digits is something else: two telephone numbers, say.
    """
    runs = _DIGITS_IN_A_ROW.findall(text.translate(_THAI_DIGITS))
    return any(_is_id_number([int(sign) for sign in run if sign.isdigit()]) for run in runs)


def _is_id_number(digits: list[int]) -> bool:
    total = sum(digit * weight for digit, weight in zip(digits, range(13, 1, -1), strict=False))
    return len(digits) == 13 and (11 - total % 11) % 10 == digits[12]
