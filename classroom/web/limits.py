"""Rate limits, shared by all workers through the database: slow down, never lock (security.md A10, D21).

What is counted (an account, a card set, a network address) is never stored. A row is named by an HMAC with a random key
of the day, and with the key of yesterday goes the last chance to tell whom yesterday's rows were about.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import json
import math
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import request
from sqlalchemy.orm import Mapped, Session, mapped_column

from classroom import phrases, thai
from classroom.database import Model, UTCDateTime, db, insert, transaction
from classroom.errors import Refusal

KEY_BYTES = 32
IPV6_NETWORK = 64
"""Bits. One subscriber holds all addresses below it."""


@dataclass(frozen=True, slots=True)
class Limit:
    """So many `allowed` in a window of `per`, which begins with the first."""

    name: str
    allowed: int
    per: timedelta


Spending = tuple[Limit, str]
"""A limit, and whose it is: an account, a code, an `address()`."""


@dataclass(frozen=True, slots=True)
class Wait:
    """How long until the next try is taken."""

    seconds: int

    @property
    def words(self) -> str:
        """In Thai, rounded up."""
        if self.seconds < 60:
            return phrases.WAIT_SECONDS.format(count=self.seconds)
        if self.seconds <= 3600:
            return phrases.WAIT_MINUTES.format(count=math.ceil(self.seconds / 60))
        return phrases.WAIT_HOURS.format(count=math.ceil(self.seconds / 3600))


class SlowDown(Refusal):
    """The allowance is gone; after `wait` it works again."""

    status = 429

    def __init__(self, wait: Wait) -> None:
        super().__init__(phrases.SLOW_DOWN.format(wait=wait.words))
        self.wait = wait


class LimitWindow(Model):
    """How much of one allowance is spent in the window that runs now."""

    __tablename__ = "limit_window"

    subject: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    """HMAC-SHA256 of the limit and whose it is, with the key of the day."""
    spent: Mapped[int]
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime)


class LimitKey(Model):
    """The key of a day in Bangkok. There is never more than one."""

    __tablename__ = "limit_key"

    day: Mapped[date] = mapped_column(primary_key=True)
    key: Mapped[bytes]


def spend_or_refuse(limit: Limit, key: str, now: datetime) -> None:
    """`spend` for what counts every time, as a sign-up or a letter does. Raises `SlowDown`."""
    wait = spend(limit, key, now)
    if wait is not None:
        raise SlowDown(wait)


def refuse_if_spent(spendings: Iterable[Spending], now: datetime) -> None:
    """Before a password or a card is looked at: raises `SlowDown` if an allowance is gone. Spends nothing."""
    wait = wait_for(spendings, now)
    if wait is not None:
        raise SlowDown(wait)


def spend(limit: Limit, key: str, now: datetime) -> Wait | None:
    """Take one of the allowance of `key`. Where nothing is left, how long to wait; that try does not count.

    In a transaction of its own, so that it stands when the request is refused: call it before `start_writing()`.
    """
    with transaction() as session:
        subject = _subject(_key_of_today(session, now), limit, key)
        if session.scalar(_taking_one(limit, subject, now)) is not None:
            return None
        return _until(session.scalars(_end_of(subject)).one(), now)


def wait_for(spendings: Iterable[Spending], now: datetime) -> Wait | None:
    """The longest wait among these allowances; None while each has something left. Spends nothing."""
    day_key = db.session.scalar(_key_of(thai.today(now)))
    if day_key is None:
        return None
    limits = {_subject(day_key, limit, key): limit for limit, key in spendings}
    rows = db.session.execute(
        sa.select(LimitWindow.subject, LimitWindow.spent, LimitWindow.ends_at).where(LimitWindow.subject.in_(limits))
    )
    waits = [_until(ends_at, now) for subject, spent, ends_at in rows if _is_gone(limits[subject], spent, ends_at, now)]
    return max(waits, key=lambda wait: wait.seconds, default=None)


def address() -> str:
    """Whose limits this request spends where nobody is known: its address, as far as PROXY_HOPS are believed."""
    return f"address {_network(request.remote_addr or '')}"


def digest_of_today(now: datetime, *parts: str) -> str:
    """HMAC of these with the key of the day: equal parts are known again until midnight, and by nobody after.

    Call it in a write transaction.
    """
    return _digest(_key_of_today(db.session(), now), *parts)


def purge(now: datetime) -> int:
    """Forget the keys of other days and the windows that ended; how many. Call it in a write transaction."""
    keys = sa.delete(LimitKey).where(LimitKey.day != thai.today(now)).returning(LimitKey.day)
    windows = sa.delete(LimitWindow).where(LimitWindow.ends_at <= now).returning(LimitWindow.subject)
    return len(db.session.execute(keys).all()) + len(db.session.execute(windows).all())


def _network(remote: str) -> str:
    try:
        found = ipaddress.ip_address(remote)
    except ValueError:
        return remote
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, IPV6_NETWORK), strict=False))


def _subject(day_key: bytes, limit: Limit, key: str) -> str:
    return _digest(day_key, limit.name, key)


def _digest(day_key: bytes, *parts: str) -> str:
    return hmac.new(day_key, json.dumps(parts).encode(), hashlib.sha256).hexdigest()


def _key_of(day: date) -> sa.Select[bytes]:
    return sa.select(LimitKey.key).where(LimitKey.day == day)


def _key_of_today(session: Session, now: datetime) -> bytes:
    today = thai.today(now)
    return session.scalar(_key_of(today)) or _begin_day(session, today)


def _begin_day(session: Session, today: date) -> bytes:
    """Make the key of the day, unless another worker was faster. What other days counted can be found no more."""
    made = insert(LimitKey).values(day=today, key=secrets.token_bytes(KEY_BYTES)).on_conflict_do_nothing()
    if session.scalar(made.returning(LimitKey.day)) is not None:
        session.execute(sa.delete(LimitKey).where(LimitKey.day != today))
        session.execute(sa.delete(LimitWindow))
    return session.scalars(_key_of(today)).one()


def _taking_one(limit: Limit, subject: str, now: datetime) -> Any:
    """One statement, so that two workers never take the same one; it returns nothing where nothing is left."""
    end = now + limit.per
    is_over = _is_over(limit, now)
    return (
        insert(LimitWindow)
        .values(subject=subject, spent=1, ends_at=end)
        .on_conflict_do_update(
            index_elements=[LimitWindow.subject],
            set_={
                "spent": sa.case((is_over, 1), else_=LimitWindow.spent + 1),
                "ends_at": sa.case((is_over, sa.literal(end, UTCDateTime)), else_=LimitWindow.ends_at),
            },
            where=is_over | (LimitWindow.spent < limit.allowed),
        )
        .returning(LimitWindow.ends_at)
    )


def _is_over(limit: Limit, now: datetime) -> sa.ColumnElement[bool]:
    """Also where it would end later than a window of now: then a clock was put back."""
    return (LimitWindow.ends_at <= now) | (LimitWindow.ends_at > now + limit.per)


def _is_gone(limit: Limit, spent: int, ends_at: datetime, now: datetime) -> bool:
    return spent >= limit.allowed and now < ends_at <= now + limit.per


def _end_of(subject: str) -> sa.Select[datetime]:
    return sa.select(LimitWindow.ends_at).where(LimitWindow.subject == subject)


def _until(end: datetime, now: datetime) -> Wait:
    return Wait(math.ceil((end - now).total_seconds()))
