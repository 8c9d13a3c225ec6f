"""The Merkle tree of RFC 6962 over SHA-256: the right edge that grows, roots, inclusion and consistency proofs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from desktop.errors import Refusal

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()

Node = Callable[[int, int], bytes]
"""`(level, index)` → root of the complete subtree over leaves `index * 2**level` up to `(index + 1) * 2**level - 1`."""

_sha256 = hashlib.sha256


def leaf_hash(leaf: bytes) -> bytes:
    """H(0x00 ‖ leaf), RFC 6962 §2.1."""
    return _sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """H(0x01 ‖ left ‖ right), RFC 6962 §2.1."""
    return _sha256(b"\x01" + left + right).digest()


class Frontier:
    """The right edge of a tree: roots of its complete subtrees, one for each bit of its size.

    Everything that is needed to append and to name the root; 8 + 32 × (bits set in the size) bytes when stored.
    """

    def __init__(self, stack: Sequence[bytes] = (), size: int = 0) -> None:
        self._stack = list(stack)
        self.size = size

    @classmethod
    def empty(cls) -> Frontier:
        return cls()

    def copy(self) -> Frontier:
        return Frontier(self._stack, self.size)

    def append(self, leaf: bytes) -> bytes:
        """Grow by one leaf; returns what is stored beside it, see `append_hash`."""
        return self.append_hash(leaf_hash(leaf))

    def append_hash(self, node: bytes) -> bytes:
        """Grow by the hash of one leaf; returns it followed by the roots of the subtrees that it completes, lowest first.

        That string (32 bytes for every second leaf, 64 on average) is kept beside the leaf: proofs are then read by
        primary key in O(log n), see `stored_nodes`.
        """
        kept, size = node, self.size
        while size & 1:
            node = node_hash(self._stack.pop(), node)
            kept += node
            size >>= 1
        self._stack.append(node)
        self.size += 1
        return kept

    def extend(self, hashes: Sequence[bytes]) -> list[tuple[int, list[bytes]]]:
        """Grow by many leaf hashes, level by level: three times as fast as one at a time.

        Returns, for each level from 1 up, the index of the first new node and the new nodes.
        """
        made: list[tuple[int, list[bytes]]] = []
        single: list[bytes] = []
        nodes, level, size = list(hashes), 0, self.size
        while nodes:
            if size >> level & 1:
                nodes = [self._stack.pop(), *nodes]
            if len(nodes) & 1:
                single.append(nodes[-1])
            level += 1
            pairs = iter(nodes)
            nodes = [_sha256(b"\x01" + one + other).digest() for one, other in zip(pairs, pairs, strict=False)]
            if nodes:
                made.append((size >> level, nodes))
        self._stack.extend(reversed(single))
        self.size = size + len(hashes)
        return made

    def root(self) -> bytes:
        """The root of the whole tree (32 bytes); that of the empty tree is SHA-256 of nothing."""
        if not self._stack:
            return EMPTY_ROOT
        root = self._stack[-1]
        for left in self._stack[-2::-1]:
            root = node_hash(left, root)
        return root

    def to_bytes(self) -> bytes:
        """Size as eight bytes, big-endian, then the subtree roots from the largest (leftmost) to the smallest."""
        return self.size.to_bytes(8, "big") + b"".join(self._stack)

    @classmethod
    def from_bytes(cls, stored: bytes) -> Frontier:
        """Read what `to_bytes` wrote. Raises Refusal("ledger.frontier_unreadable")."""
        stored = bytes(stored)
        size = int.from_bytes(stored[:8], "big")
        if len(stored) != 8 + HASH_BYTES * size.bit_count():
            raise Refusal("ledger.frontier_unreadable", length=len(stored))
        return cls([stored[start : start + HASH_BYTES] for start in range(8, len(stored), HASH_BYTES)], size)


def root_of(leaf_hashes: Sequence[bytes]) -> bytes:
    """The root over these leaf hashes."""
    frontier = Frontier()
    frontier.extend(leaf_hashes)
    return frontier.root()


def nodes_of(leaf_hashes: Sequence[bytes]) -> Node:
    """Nodes recomputed from all leaf hashes: O(n) a proof; for exports and tests."""

    def node(level: int, index: int) -> bytes:
        return root_of(leaf_hashes[index << level : (index + 1) << level])

    return node


def stored_nodes(beside: Callable[[int], bytes]) -> Node:
    """Nodes read from what `Frontier.append` gave to keep: `beside(seq)` is that of entry `seq`, counted from one."""

    def node(level: int, index: int) -> bytes:
        return beside((index + 1) << level)[HASH_BYTES * level : HASH_BYTES * (level + 1)]

    return node


def _split(count: int) -> int:
    """The largest power of two smaller than `count` (RFC 6962 §2.1); count > 1."""
    return 1 << (count - 1).bit_length() - 1


def _range_root(node: Node, first: int, end: int) -> bytes:
    count = end - first
    if count & (count - 1) == 0:
        level = count.bit_length() - 1
        return node(level, first >> level)
    middle = first + _split(count)
    return node_hash(_range_root(node, first, middle), _range_root(node, middle, end))


def inclusion_proof(leaves: Sequence[bytes] | Node, index: int, size: int) -> list[bytes]:
    """The audit path of leaf `index` (from zero) in the tree of `size` leaves, lowest first; RFC 6962 §2.1.1."""
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    node = leaves if callable(leaves) else nodes_of(leaves)
    path: list[bytes] = []
    first, end = 0, size
    while end - first > 1:
        middle = first + _split(end - first)
        if index < middle:
            path.append(_range_root(node, middle, end))
            end = middle
        else:
            path.append(_range_root(node, first, middle))
            first = middle
    return path[::-1]


def consistency_proof(leaves: Sequence[bytes] | Node, old_size: int, new_size: int) -> list[bytes]:
    """That the tree of `old_size` leaves is the beginning of that of `new_size`; RFC 6962 §2.1.2. Empty when equal or 0."""
    if not 0 <= old_size <= new_size:
        raise ValueError(f"no consistency from {old_size} to {new_size}")
    if old_size in (0, new_size):
        return []
    node = leaves if callable(leaves) else nodes_of(leaves)
    proof: list[bytes] = []
    first, end, whole = 0, new_size, True
    while old_size != end:
        middle = first + _split(end - first)
        if old_size <= middle:
            proof.append(_range_root(node, middle, end))
            end = middle
        else:
            proof.append(_range_root(node, first, middle))
            first, whole = middle, False
    if not whole:
        proof.append(_range_root(node, first, end))
    return proof[::-1]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the leaf with hash `leaf` stands at `index` in the tree with this size and root; RFC 9162 §2.1.3.2."""
    if not 0 <= index < size:
        return False
    here, last, node = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if here & 1 or here == last:
            node = node_hash(sibling, node)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            node = node_hash(node, sibling)
        here, last = here >> 1, last >> 1
    return last == 0 and node == root


def verify_consistency(old_size: int, new_size: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the older tree is the beginning of the newer one; RFC 9162 §2.1.4.2."""
    if not 0 <= old_size <= new_size:
        return False
    if old_size == 0:
        return not proof and old_root == EMPTY_ROOT
    if old_size == new_size:
        return not proof and old_root == new_root
    path = list(proof)
    if old_size & (old_size - 1) == 0:
        path.insert(0, old_root)
    if not path:
        return False
    here, last = old_size - 1, new_size - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    old = new = path[0]
    for node in path[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            old, new = node_hash(node, old), node_hash(node, new)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            new = node_hash(new, node)
        here, last = here >> 1, last >> 1
    return last == 0 and old == old_root and new == new_root
