"""Checkpoints are C2SP signed notes: published signatures verify, and nothing about a note can be changed."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import Refusal
from desktop.ledger.checkpoint import key_id, key_name_of, parse, public_bytes, sign, verify, verify_any
from tests.desktop.ledger.ledger_kit import ARCHIVE, DESK_KEY, KEY_NAME, ORIGIN, PUBLIC

NOTE = sign(ORIGIN, 12, bytes(range(32)), KEY_NAME, DESK_KEY)
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
OTHER_NAME = key_name_of(ARCHIVE, "desk-02")
OTHER_PUBLIC = public_bytes(OTHER_KEY.public_key())


@pytest.mark.parametrize(("name", "number", "key"), [
    ("PeterNeumann", "c74f20a3", "ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"),
    ("sum.golang.org", "033de0ae", "Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"),
])
def test_published_key_ids(name: str, number: str, key: str) -> None:
    raw = base64.b64decode(key)
    assert raw[:1] == b"\x01"
    assert key_id(name, raw[1:]).hex() == number


def test_the_published_example_of_signed_notes_is_signed_as_we_sign() -> None:
    text = ("If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n")
    raw = base64.b64decode("x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=")
    public = base64.b64decode("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")[1:]
    assert raw[:4] == key_id("PeterNeumann", public)
    Ed25519PublicKey.from_public_bytes(public).verify(raw[4:], text.encode())


def test_a_note_reads_back() -> None:
    checkpoint = verify(NOTE, KEY_NAME, PUBLIC)
    assert (checkpoint.origin, checkpoint.size, checkpoint.root) == (ORIGIN, 12, bytes(range(32)))
    assert NOTE.startswith(f"{ORIGIN}\n12\n{base64.b64encode(bytes(range(32))).decode()}\n\n— {KEY_NAME} ")


def test_several_desks_may_sign_and_unknown_ones_are_passed_over() -> None:
    witness = sign(ORIGIN, 12, bytes(range(32)), OTHER_NAME, OTHER_KEY).split("\n\n")[1]
    both = NOTE + witness
    assert verify_any(both, {KEY_NAME: PUBLIC}).size == 12
    assert verify(both, OTHER_NAME, OTHER_PUBLIC).size == 12
    assert len(parse(both).signatures) == 2


def test_one_wrong_signature_of_a_known_desk_spoils_the_note() -> None:
    witness = sign(ORIGIN, 13, bytes(range(32)), OTHER_NAME, OTHER_KEY).split("\n\n")[1]
    with pytest.raises(Refusal):
        verify_any(NOTE + witness, {KEY_NAME: PUBLIC, OTHER_NAME: OTHER_PUBLIC})


@pytest.mark.parametrize(("name", "public"), [(OTHER_NAME, PUBLIC), (KEY_NAME, OTHER_PUBLIC)])
def test_another_name_or_key_does_not_verify(name: str, public: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        verify(NOTE, name, public)
    assert refused.value.code == "checkpoint.invalid"


def test_another_archives_checkpoint_is_refused() -> None:
    with pytest.raises(Refusal):
        verify_any(NOTE, {KEY_NAME: PUBLIC}, "lantai/other")


@given(st.integers(0, len(NOTE) - 1), st.characters(exclude_categories=["Cs"]))
def test_any_changed_character_is_refused(place: int, mark: str) -> None:
    changed = NOTE[:place] + mark + NOTE[place + 1 :]
    if changed != NOTE:
        with pytest.raises(Refusal):
            verify(changed, KEY_NAME, PUBLIC)


@pytest.mark.parametrize("note", [
    "", "\n\n", "x", NOTE[:-1], NOTE.replace("\n12\n", "\n012\n"), NOTE.replace("\n12\n", "\n-1\n"), NOTE.replace("— ", "- "),
    NOTE.split("\n\n")[0] + "\n\n", "a\n1\nAAAA\n\n— a AAAAAAA=\n", "a\n1\n!\n\n— a AAAAAAA=\n", NOTE + "\n" * 70_000,
    NOTE.replace(NOTE.split(" ")[-1], "AAAA\n"), "a\n1\n\n— a AAAAAAA=\n",
])
def test_what_is_not_a_note_is_refused(note: str) -> None:
    with pytest.raises(Refusal):
        parse(note)


def test_names_that_a_note_cannot_carry_are_mistakes() -> None:
    with pytest.raises(ValueError):
        key_name_of(ARCHIVE, "desk 1")
    for origin, size, root, name in (("a\nb", 1, bytes(32), "k"), ("", 1, bytes(32), "k"), ("a", -1, bytes(32), "k"),
                                     ("a", 1, b"", "k"), ("a", 1, bytes(32), "k+1")):
        with pytest.raises(ValueError):
            sign(origin, size, root, name, DESK_KEY)
