"""MP3 files without what programs write around the sound."""

import struct

import pytest

from app.surveys import mp3

SOUND = b"\xff\xf3" + bytes(range(256)) * 2
NAME = b"Recorded on the phone of a person"
NEW = b"ID3\x04\x00\x00" + bytes((0, 0, 1, 0)) + NAME.ljust(128, b"\0")
WITH_FOOT = b"ID3\x04\x00\x10" + bytes((0, 0, 1, 0)) + NAME.ljust(128, b"\0") + b"3DI" + bytes(7)
OLD = b"TAG" + NAME.ljust(125, b"\0")
_FRAME = struct.Struct("<8sIIIIQ")
APE = (
    _FRAME.pack(b"APETAGEX", 2000, len(NAME) + 32, 1, 0xA0000000, 0)
    + NAME
    + _FRAME.pack(b"APETAGEX", 2000, len(NAME) + 32, 1, 0x80000000, 0)
)


@pytest.mark.parametrize(("before", "after"), [(NEW, b""), (WITH_FOOT, b""), (NEW + NEW, b""), (b"", OLD), (b"", APE),
                                               (NEW, APE + OLD), (b"", b"")])  # fmt: skip
def test_only_the_sound_is_left(before: bytes, after: bytes) -> None:
    assert mp3.without_tags(before + SOUND + after) == SOUND
    assert mp3.is_mp3(SOUND)


@pytest.mark.parametrize("file", [b"", b"ID3", NEW, NEW[:9], b"ID3" + b"\xff" * 40, OLD, NEW + b"<script>", APE])
def test_what_has_no_sound_is_no_recording(file: bytes) -> None:
    assert not mp3.is_mp3(mp3.without_tags(file))
