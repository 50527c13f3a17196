"""What the machine under us must not do in production: put keys, or our memory, on a disk that is not encrypted."""

import os
import resource
from pathlib import Path

ROOT = Path("/")


def is_in_memory(folder: Path, root: Path = ROOT) -> bool:
    """Whether the deepest mount above `folder`, wherever links lead, is tmpfs or ramfs, as the kernel tells it."""
    place = str(folder.resolve())
    best, kind = "", ""
    for line in (root / "proc/self/mountinfo").read_text().splitlines():
        left, _, right = line.partition(" - ")
        mount = left.split()[4]
        inside = place == mount or place.startswith(mount.rstrip("/") + "/")
        if inside and len(mount) >= len(best):
            best, kind = mount, right.split()[0]
    return kind in ("tmpfs", "ramfs")


def plain_swaps(root: Path = ROOT) -> list[str]:
    """The swaps in use that would keep our memory readable on a disk; what cannot be known counts as one of them."""
    path = root / "proc/swaps"
    lines = path.read_text().splitlines()[1:] if path.exists() else []
    return [name for name in (line.split()[0] for line in lines) if not _is_safe(root, name)]


def leave_no_core() -> None:
    """A crash writes no copy of our memory."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _is_safe(root: Path, swap: str) -> bool:
    block = root / "sys/class/block" / Path(os.path.realpath(root / swap.lstrip("/"))).name
    if block.name.startswith("zram"):  # compressed memory, unless it is given a disk to lay pages aside on
        backing = block / "backing_dev"
        return not backing.exists() or backing.read_text().strip() == "none"
    return _is_encrypted(block)


def _is_encrypted(block: Path) -> bool:
    """Whether a device is dm-crypt, or lies on nothing else (as a volume on an encrypted disk does)."""
    uuid = block / "dm/uuid"
    if uuid.exists() and uuid.read_text().startswith("CRYPT-"):
        return True
    below = sorted((block / "slaves").glob("*"))
    return bool(below) and all(_is_encrypted(block.parent / one.name) for one in below)
