"""The Merkle tree against published vectors and against the definitions of RFC 6962, written down a second time."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import Refusal
from desktop.ledger.tree import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root_of,
    stored_nodes,
    verify_consistency,
    verify_inclusion,
)

# The reference leaves, roots and paths of the Certificate Transparency implementations.
LEAVES = [bytes.fromhex(text) for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                                           "606162636465666768696a6b6c6d6e6f")]
ROOTS = ["6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
         "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
         "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
         "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
         "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
         "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
         "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
         "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"]
A = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
B = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
C = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
D = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
E = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
F = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
INCLUSION = [(1, 8, [A, B, C]), (6, 8, [D, E, ROOTS[3]]), (3, 3, [ROOTS[1]]), (2, 5, [ROOTS[0], B, D])]
CONSISTENCY = [(1, 8, [A, B, C]), (6, 8, [F, E, ROOTS[3]]), (2, 5, [B, D])]


def naive(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962 §2.1, word by word."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + naive(leaves[:k]) + naive(leaves[k:])).digest()


def naive_path(m: int, leaves: list[bytes]) -> list[bytes]:
    """PATH of RFC 6962 §2.1.1."""
    if len(leaves) == 1:
        return []
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m < k:
        return [*naive_path(m, leaves[:k]), naive(leaves[k:])]
    return [*naive_path(m - k, leaves[k:]), naive(leaves[:k])]


def naive_proof(m: int, leaves: list[bytes], whole: bool = True) -> list[bytes]:
    """SUBPROOF of RFC 6962 §2.1.2."""
    if m == len(leaves):
        return [] if whole else [naive(leaves)]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m <= k:
        return [*naive_proof(m, leaves[:k], whole), naive(leaves[k:])]
    return [*naive_proof(m - k, leaves[k:], False), naive(leaves[:k])]


MANY = [bytes([number]) * (number % 5) for number in range(40)]
HASHES = [leaf_hash(leaf) for leaf in MANY]


def test_published_roots() -> None:
    frontier = Frontier.empty()
    assert frontier.root() == EMPTY_ROOT == bytes.fromhex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    for size, leaf in enumerate(LEAVES, 1):
        frontier.append(leaf)
        assert frontier.root().hex() == ROOTS[size - 1]


@pytest.mark.parametrize(("number", "size", "path"), INCLUSION)
def test_published_inclusion_paths(number: int, size: int, path: list[str]) -> None:
    hashes = [leaf_hash(leaf) for leaf in LEAVES[:size]]
    assert [node.hex() for node in inclusion_proof(hashes, number - 1, size)] == path


@pytest.mark.parametrize(("old", "new", "proof"), CONSISTENCY)
def test_published_consistency_proofs(old: int, new: int, proof: list[str]) -> None:
    hashes = [leaf_hash(leaf) for leaf in LEAVES]
    assert [node.hex() for node in consistency_proof(hashes, old, new)] == proof


def test_every_size_up_to_forty_equals_the_definition() -> None:
    frontier, kept = Frontier.empty(), [b""]
    nodes = stored_nodes(lambda seq: kept[seq])
    for size in range(41):
        root = naive(MANY[:size])
        assert frontier.root() == root == root_of(HASHES[:size])
        assert Frontier.from_bytes(frontier.to_bytes()).to_bytes() == frontier.to_bytes()
        for index in range(size):
            path = inclusion_proof(nodes, index, size)
            assert path == naive_path(index, MANY[:size]) == inclusion_proof(HASHES, index, size)
            assert verify_inclusion(HASHES[index], index, size, path, root)
        for old in range(1, size + 1):
            proof = consistency_proof(nodes, old, size)
            assert proof == naive_proof(old, MANY[:size]) == consistency_proof(HASHES, old, size)
            assert verify_consistency(old, size, naive(MANY[:old]), root, proof)
        if size < 40:
            kept.append(frontier.append(MANY[size]))


def test_a_proof_for_anything_else_does_not_hold() -> None:
    for size in (1, 2, 3, 7, 8, 13):
        root = naive(MANY[:size])
        for index in range(size):
            path = inclusion_proof(HASHES, index, size)
            assert not verify_inclusion(HASHES[39], index, size, path, root)
            assert not verify_inclusion(HASHES[index], index, size, [*path, EMPTY_ROOT], root)
            assert not verify_inclusion(HASHES[index], size, size, path, root)
            assert not any(verify_inclusion(HASHES[index], other, size, path, root) for other in range(size) if other != index)
            if path:
                assert not verify_inclusion(HASHES[index], index, size, path[:-1], root)
        for old in range(1, size):
            proof = consistency_proof(HASHES, old, size)
            assert not verify_consistency(old, size, HASHES[39], root, proof)
            assert not verify_consistency(old, size, naive(MANY[:old]), HASHES[39], proof)
            assert not verify_consistency(old, size, naive(MANY[:old]), root, proof[:-1])
            assert not verify_consistency(old, size, naive(MANY[:old]), root, [*proof, EMPTY_ROOT])
            assert not verify_consistency(old, size, naive(MANY[:old]), root, [])


def test_consistency_of_nothing_and_of_equals() -> None:
    root = naive(MANY[:5])
    assert consistency_proof(HASHES, 0, 5) == consistency_proof(HASHES, 5, 5) == []
    assert verify_consistency(0, 5, EMPTY_ROOT, root, [])
    assert verify_consistency(5, 5, root, root, [])
    assert not verify_consistency(0, 5, root, root, [])
    assert not verify_consistency(5, 5, root, HASHES[0], [])
    assert not verify_consistency(6, 5, root, root, [])


def test_questions_outside_the_tree_are_mistakes() -> None:
    for index, size in ((0, 0), (5, 5), (-1, 5)):
        with pytest.raises(ValueError):
            inclusion_proof(HASHES, index, size)
    with pytest.raises(ValueError):
        consistency_proof(HASHES, 6, 5)


@given(st.integers(0, 40), st.lists(st.integers(0, 20), max_size=5))
def test_growing_in_any_portions_gives_the_same_tree(first: int, portions: list[int]) -> None:
    frontier, done = Frontier.empty(), 0
    for portion in [first, *portions]:
        part = HASHES[done : done + portion]
        for level, (start, nodes) in enumerate(frontier.extend(part), 1):
            for number, node in enumerate(nodes, start):
                assert node == naive(MANY[number << level : (number + 1) << level])
        done += len(part)
    assert frontier.root() == naive(MANY[:done])
    assert frontier.size == done


@pytest.mark.parametrize("stored", [b"", b"\0" * 7, (3).to_bytes(8, "big") + bytes(32), (3).to_bytes(8, "big") + bytes(65)])
def test_a_damaged_frontier_is_refused(stored: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        Frontier.from_bytes(stored)
    assert refused.value.code == "ledger.frontier_unreadable"


def test_a_copy_of_a_frontier_grows_alone() -> None:
    frontier = Frontier.empty()
    frontier.append(b"one")
    other = frontier.copy()
    other.append(b"two")
    assert (frontier.size, other.size) == (1, 2)
    assert frontier.root() == naive([b"one"])
