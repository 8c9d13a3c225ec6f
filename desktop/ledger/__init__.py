"""The ledger: one leaf per act in an RFC 6962 Merkle tree, signed checkpoints, and proofs that outsiders can check."""
