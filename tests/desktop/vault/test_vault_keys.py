"""Keys of persons, compartments and objects: only the holder opens, only with the password, and nothing is shown."""

from __future__ import annotations

import copy
import hashlib
import json
import os
import pickle

import pytest
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st
from vault_kit import refuses

from desktop.vault import keys as vault_keys
from desktop.vault.keys import (
    CompartmentKeys,
    PersonKeys,
    new_data_key,
    open_data_key,
    purpose,
    seal,
    seal_data_key,
    verify,
)
from desktop.vault.sealing import OVERHEAD, PUBLIC, SealingPair

OBJECT = "ab" * 16
WANG, LI = PersonKeys.make(), PersonKeys.make()
LOCKED = WANG.lock("正确的密码 ü")
OPEN, PRIVACY, SECRET = (CompartmentKeys.make() for _ in range(3))


def test_a_password_opens_what_it_locked() -> None:
    back = PersonKeys.unlock(LOCKED, "正确的密码 ü")
    assert back.public() == WANG.public()
    info = purpose("grant", "1")
    assert back.open(WANG.seal(WANG.public().hpke, b"secret", info), info) == b"secret"


def test_the_same_password_typed_with_composed_or_loose_accents_is_the_same() -> None:
    assert PersonKeys.unlock(LOCKED, "正确的密码 u\u0308").public() == WANG.public()


def test_another_password_is_refused() -> None:
    with refuses("password.wrong"):
        PersonKeys.unlock(LOCKED, "正确的密码 u")


def test_a_new_password_is_a_new_blob_and_the_same_keys() -> None:
    again = PersonKeys.unlock(LOCKED, "正确的密码 ü").lock("new")
    assert PersonKeys.unlock(again, "new").public() == WANG.public()
    with refuses("password.wrong"):
        PersonKeys.unlock(again, "正确的密码 ü")
    fields, other = json.loads(again), json.loads(LOCKED)
    assert fields["kdf"]["salt"] != other["kdf"]["salt"]
    assert fields["nonce"] != other["nonce"]


def test_the_blob_says_how_it_is_opened() -> None:
    kdf = json.loads(LOCKED)["kdf"]
    assert (kdf["name"], kdf["memory_kib"], kdf["passes"], kdf["lanes"]) == ("argon2id", 65536, 3, 4)


@pytest.mark.parametrize("altered", [
    {"format": "lantai/person/2"}, {"kdf": None}, {"kdf": {"name": "md5"}}, {"nonce": "zz"}, {"nonce": "00"}, {"sealed": 5},
    {"kdf": {"name": "argon2id", "memory_kib": 1 << 30, "passes": 3, "lanes": 4, "salt": "00" * 16}},
    {"kdf": {"name": "argon2id", "memory_kib": 65536, "passes": 3, "lanes": 4, "salt": "00"}},
])
def test_a_damaged_blob_is_named_so(altered: dict[str, object]) -> None:
    with refuses("keys.damaged"):
        PersonKeys.unlock(json.dumps(json.loads(LOCKED) | altered).encode(), "正确的密码 ü")


@pytest.mark.parametrize("blob", [b"", b"[]", b"\xff", b"{}", LOCKED[:-20]])
def test_what_is_no_blob_is_named_so(blob: bytes) -> None:
    with refuses("keys.damaged"):
        PersonKeys.unlock(blob, "x")


def test_a_signature_holds_for_its_message_and_person_only() -> None:
    signature = WANG.sign(b"exactly this")
    assert verify(WANG.public().ed25519, b"exactly this", signature)
    assert PersonKeys.verify(WANG.public().ed25519, b"exactly this", signature)
    assert not verify(WANG.public().ed25519, b"exactly that", signature)
    assert not verify(LI.public().ed25519, b"exactly this", signature)
    assert not verify(WANG.public().ed25519, b"exactly this", signature[:-1])
    assert not verify(b"no key", b"exactly this", signature)


@settings(max_examples=30)
@given(st.binary(max_size=200), st.binary(max_size=60))
def test_only_the_holder_opens_and_only_for_the_same_use(secret: bytes, info: bytes) -> None:
    sealed = seal(WANG.public().hpke, secret, info)
    assert len(sealed) == len(secret) + OVERHEAD
    assert WANG.open(sealed, info) == secret
    for holder, use, what in ((LI, info, sealed), (WANG, info + b"x", sealed), (WANG, info, sealed[:-1]), (WANG, info, b"")):
        with refuses("keys.cannot_open"):
            holder.open(what, use)


def test_every_flipped_byte_of_a_sealed_secret_is_refused() -> None:
    sealed = seal(WANG.public().hpke, b"secret", b"use")
    for at in range(len(sealed)):
        with refuses("keys.cannot_open"):
            WANG.open(sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :], b"use")


def test_the_private_half_is_the_seed_of_x_wing() -> None:
    seed = bytes(range(32))
    stretched = hashlib.shake_256(seed).digest(96)
    private = hpke.MLKEM768X25519PrivateKey(
        MLKEM768PrivateKey.from_seed_bytes(stretched[:64]), X25519PrivateKey.from_private_bytes(stretched[64:])
    )
    suite = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
    pair = SealingPair(seed)
    assert suite.decrypt(seal(pair.public, b"secret", b"use"), private, b"use") == b"secret"
    assert len(pair.public) == PUBLIC


def test_what_is_no_key_is_a_bug() -> None:
    for question in (lambda: seal(b"short", b"", b""), lambda: CompartmentKeys.from_bytes(b"short")):
        with pytest.raises(ValueError):
            question()


def test_a_compartment_is_handed_to_a_cleared_person() -> None:
    use = purpose("compartment", "privacy", "wang")
    handed = seal(WANG.public().hpke, PRIVACY.to_bytes(), use)
    again = CompartmentKeys.from_bytes(WANG.open(handed, use))
    assert again.public == PRIVACY.public
    assert isinstance(again, CompartmentKeys)


@pytest.mark.parametrize("compartments", [[OPEN], [OPEN, SECRET], [OPEN, PRIVACY, SECRET]])
def test_a_data_key_needs_every_compartment(compartments: list[CompartmentKeys]) -> None:
    data_key = new_data_key()
    sealed = seal_data_key(data_key, [one.public for one in compartments], OBJECT)
    assert len(sealed) == 2 + 32 + len(compartments) * OVERHEAD
    assert open_data_key(sealed, compartments, OBJECT) == data_key
    with refuses("keys.cannot_open"):
        open_data_key(sealed, compartments, "cd" * 16)
    with refuses("keys.cannot_open"):
        open_data_key(sealed, compartments[:-1], OBJECT)
    for at in range(len(compartments)):
        others = [*compartments[:at], CompartmentKeys.make(), *compartments[at + 1 :]]
        with refuses("keys.cannot_open"):
            open_data_key(sealed, others, OBJECT)
    if len(compartments) > 1:
        with refuses("keys.cannot_open"):
            open_data_key(sealed, compartments[::-1], OBJECT)


def test_a_truncated_or_later_sealed_key_is_refused() -> None:
    sealed = seal_data_key(new_data_key(), [OPEN.public], OBJECT)
    for altered in (sealed[:-1], b"", b"\x02" + sealed[1:]):
        with refuses("keys.cannot_open"):
            open_data_key(altered, [OPEN], OBJECT)


def test_sealing_to_nobody_or_half_a_key_is_a_bug() -> None:
    for key, publics in ((bytes(32), []), (bytes(31), [OPEN.public]), (bytes(32), [OPEN.public] * 9)):
        with pytest.raises(ValueError):
            seal_data_key(key, publics, OBJECT)


@pytest.mark.parametrize("keys", [WANG, OPEN], ids=["person", "compartment"])
def test_private_halves_are_not_shown_pickled_or_copied(keys: PersonKeys | CompartmentKeys) -> None:
    secret = OPEN.to_bytes()
    assert "…" in repr(keys)
    assert secret.hex() not in repr(keys)
    for attempt in (pickle.dumps, copy.deepcopy):
        with pytest.raises(TypeError):
            attempt(keys)


def test_every_promised_name_is_there() -> None:
    assert all(hasattr(vault_keys, name) for name in vault_keys.__all__)


def test_purposes_do_not_run_into_each_other() -> None:
    assert purpose("grant", "ab", "c") != purpose("grant", "a", "bc")
    assert purpose("grant", "1").startswith(b"lantai/1/grant\n")
    assert os.urandom(4) != new_data_key()[:4] or new_data_key() != new_data_key()
