"""Field encryption (OWASP ASVS 5.0, 11.3.2 and 11.3.3: approved ciphers, encrypted data is authenticated)."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from classroom.vault import CannotOpen, UnknownKey, Vault

OLD_KEY = b"an old data key for tests only, 1"
NEW_KEY = b"a newer data key for tests only, 2"
SECRET = "สิ่งที่เขียนไว้ให้ตัวเองอ่าน"

vault = Vault([NEW_KEY])


def sealed() -> bytes:
    return vault.seal(SECRET, purpose="reflection", owner="7")


# Sealing and opening


@given(
    text=st.text(alphabet="aก์ำ \n\x00\U0001f33e", max_size=200),
    purpose=st.text(alphabet="ab-", max_size=5),
    owner=st.text(alphabet="17", max_size=5),
)
def test_what_was_sealed_opens_for_the_same_purpose_and_owner(text: str, purpose: str, owner: str) -> None:
    assert vault.open_sealed(vault.seal(text, purpose=purpose, owner=owner), purpose=purpose, owner=owner) == text


def test_a_sealed_value_shows_nothing_of_its_text_purpose_or_owner() -> None:
    value = vault.seal("plain words", purpose="reflection", owner="owner-7")
    for hidden in (b"plain words", b"words", b"reflection", b"owner-7", NEW_KEY):
        assert hidden not in value


def test_the_same_text_never_looks_the_same_twice() -> None:
    assert len({sealed() for _ in range(100)}) == 100


def test_a_sealed_value_is_37_bytes_longer_than_its_text() -> None:
    assert len(vault.seal("", purpose="p", owner="o")) == 37
    assert len(sealed()) == 37 + len(SECRET.encode())


def test_the_written_layout_opens_with_the_cipher_alone() -> None:
    """A backup must be readable by someone who has the key and the description, and nothing of ours."""
    value = sealed()
    material = HKDF(SHA256(), 40, salt=None, info=b"classroom.vault.1").derive(NEW_KEY)
    assert value[:9] == b"\x01" + material[:8]
    bound_to = value[:9] + b"\x00\x00\x00\x0areflection" + b"\x00\x00\x00\x017"
    assert AESGCM(material[8:]).decrypt(value[9:21], value[21:], bound_to).decode() == SECRET


# What does not open


def test_a_value_moved_to_another_owner_or_purpose_does_not_open() -> None:
    value = sealed()
    assert vault.open_sealed(value, purpose="reflection", owner="7") == SECRET
    for purpose, owner in (("reflection", "8"), ("contact", "7"), ("reflection7", ""), ("", "reflection7")):
        with pytest.raises(CannotOpen):
            vault.open_sealed(value, purpose=purpose, owner=owner)


def test_purpose_and_owner_do_not_run_into_each_other() -> None:
    value = vault.seal(SECRET, purpose="ab", owner="c")
    with pytest.raises(CannotOpen):
        vault.open_sealed(value, purpose="a", owner="bc")


def test_a_value_with_any_single_bit_changed_does_not_open() -> None:
    value = vault.seal("short", purpose="reflection", owner="7")
    for place in range(len(value)):
        for bit in range(8):
            changed = bytearray(value)
            changed[place] ^= 1 << bit
            with pytest.raises(CannotOpen):
                vault.open_sealed(bytes(changed), purpose="reflection", owner="7")


def test_a_value_cut_short_or_made_longer_does_not_open() -> None:
    value = vault.seal("short", purpose="reflection", owner="7")
    for other in (*(value[:length] for length in range(len(value))), value + b"\x00"):
        with pytest.raises(CannotOpen):
            vault.open_sealed(other, purpose="reflection", owner="7")


@given(value=st.binary(max_size=80))
def test_what_was_never_sealed_does_not_open(value: bytes) -> None:
    with pytest.raises(UnknownKey):
        vault.open_sealed(value, purpose="reflection", owner="7")


def test_the_error_says_nothing_of_text_or_owner() -> None:
    with pytest.raises(CannotOpen) as error:
        vault.open_sealed(sealed(), purpose="reflection", owner="somebody")
    assert str(error.value) == "a sealed value does not fit its purpose and owner, or was changed"


# Keys


def test_after_a_rotation_old_values_open_and_new_ones_need_the_new_key() -> None:
    old, rotated = Vault([OLD_KEY]), Vault([NEW_KEY, OLD_KEY])
    sealed_before = old.seal(SECRET, purpose="reflection", owner="7")
    sealed_after = rotated.seal(SECRET, purpose="reflection", owner="7")
    assert rotated.open_sealed(sealed_before, purpose="reflection", owner="7") == SECRET
    assert vault.open_sealed(sealed_after, purpose="reflection", owner="7") == SECRET
    with pytest.raises(UnknownKey):
        old.open_sealed(sealed_after, purpose="reflection", owner="7")
    with pytest.raises(UnknownKey):
        vault.open_sealed(sealed_before, purpose="reflection", owner="7")


def test_a_vault_made_again_from_the_same_key_opens_what_the_first_sealed() -> None:
    assert Vault([NEW_KEY]).open_sealed(sealed(), purpose="reflection", owner="7") == SECRET


@pytest.mark.parametrize("keys", [[], [b""], [b"x" * 31], [NEW_KEY, b"short"]])
def test_a_vault_without_a_key_or_with_a_short_one_is_refused(keys: list[bytes]) -> None:
    with pytest.raises(ValueError, match="key"):
        Vault(keys)


def test_thirty_two_bytes_are_enough() -> None:
    shortest = Vault([bytes(range(32))])
    assert shortest.open_sealed(shortest.seal("x", purpose="p", owner="o"), purpose="p", owner="o") == "x"


def test_a_key_does_not_show_when_a_vault_is_printed() -> None:
    shown = repr(vault) + repr(vars(vault))
    assert NEW_KEY.decode() not in shown
    assert repr(NEW_KEY) not in shown
