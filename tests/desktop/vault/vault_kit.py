"""What the vault's tests share: objects in memory, and Tink itself as the judge of the format."""

from __future__ import annotations

import io

import pytest
import tink
from tink import secret_key_access, streaming_aead
from tink.proto import aes_gcm_hkdf_streaming_pb2, tink_pb2

from desktop.errors import Refusal
from desktop.vault.format import SEGMENT, TAG, Sealer

OBJECT_ID = "00112233445566778899aabbccddeeff"
streaming_aead.register()


class Bytes:
    """An object in memory, as a backend would show it."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.reads = 0

    @property
    def size(self) -> int:
        return len(self.content)

    def pread(self, offset: int, length: int) -> bytes:
        self.reads += 1
        return self.content[offset : offset + length]

    def close(self) -> None:
        self.content = b""


def refuses(code: str) -> pytest.RaisesExc[Refusal]:
    """Expect a refusal with this code."""
    return pytest.raises(Refusal, check=lambda refusal: refusal.code == code)


def sealed(plain: bytes, key: bytes, object_id: str = OBJECT_ID) -> bytes:
    """`plain` as an object file of ours."""
    sealer = Sealer(key, object_id)
    whole, at = bytearray(sealer.header), 0
    while True:
        piece = plain[at : at + sealer.room]
        at += len(piece)
        out = bytearray(len(piece) + TAG)
        sealer.seal_into(piece, out, last=at == len(plain))
        whole += out
        if at == len(plain):
            return bytes(whole)


def tink_primitive(key: bytes) -> streaming_aead.StreamingAead:
    """Tink's own AES256_GCM_HKDF_1MB with our data key."""
    parameters = aes_gcm_hkdf_streaming_pb2.AesGcmHkdfStreamingKey()
    template = streaming_aead.streaming_aead_key_templates.AES256_GCM_HKDF_1MB
    form = aes_gcm_hkdf_streaming_pb2.AesGcmHkdfStreamingKeyFormat.FromString(template.value)
    assert form.params.ciphertext_segment_size == SEGMENT
    parameters.params.CopyFrom(form.params)
    parameters.key_value = key
    keyset = tink_pb2.Keyset(primary_key_id=1)
    entry = keyset.key.add(key_id=1, status=tink_pb2.ENABLED, output_prefix_type=tink_pb2.RAW)
    entry.key_data.type_url = template.type_url
    entry.key_data.value = parameters.SerializeToString()
    entry.key_data.key_material_type = tink_pb2.KeyData.SYMMETRIC
    handle = tink.proto_keyset_format.parse(keyset.SerializeToString(), secret_key_access.TOKEN)
    return handle.primitive(streaming_aead.StreamingAead)


class _Kept(io.BytesIO):
    """A file whose bytes outlive its closing."""

    kept = b""

    def close(self) -> None:
        if not self.closed:
            self.kept = self.getvalue()
        super().close()


def tink_seal(plain: bytes, key: bytes, object_id: str = OBJECT_ID) -> bytes:
    target = _Kept()
    with tink_primitive(key).new_encrypting_stream(target, object_id.encode("ascii")) as stream:
        stream.write(plain)
    return target.kept


def tink_open(cipher: bytes, key: bytes, object_id: str = OBJECT_ID) -> bytes:
    with tink_primitive(key).new_decrypting_stream(io.BytesIO(cipher), object_id.encode("ascii")) as stream:
        return stream.read()

