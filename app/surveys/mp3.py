"""MP3 files: where the sound begins and ends among what programs write around it. Pure."""

_HEAD = 10
"""Bytes of the head of an ID3v2 tag, and of its foot; the last four of both say how long it is (id3.org, v2.4 3.1)."""
_HAS_FOOT = 0x10
_OLD_TAG = 128
"""Bytes of an ID3v1 tag, at the very end."""
_APE = 32
"""Bytes of the head and the foot of an APE tag, which stands before an ID3v1 tag."""
_APE_HAS_HEAD = 0x80000000


def without_tags(file: bytes) -> bytes:
    """The sound alone."""
    while file[:3] == b"ID3" and len(file) >= _HEAD:
        size = sum((byte & 0x7F) << shift for byte, shift in zip(file[6:_HEAD], (21, 14, 7, 0), strict=True))
        file = file[_HEAD + size + (_HEAD if file[5] & _HAS_FOOT else 0) :]
    if file[-_OLD_TAG : -_OLD_TAG + 3] == b"TAG":
        file = file[:-_OLD_TAG]
    foot = file[-_APE:]
    if foot[:8] == b"APETAGEX":
        size = int.from_bytes(foot[12:16], "little")
        file = file[: -(size + (_APE if int.from_bytes(foot[20:24], "little") & _APE_HAS_HEAD else 0)) or None]
    return file


def is_mp3(sound: bytes) -> bool:
    """Whether it begins with a frame: eleven set bits and the layer (ISO 11172-3, 2.4.1.3)."""
    return len(sound) > 4 and sound[0] == 0xFF and sound[1] & 0xE6 == 0xE2
