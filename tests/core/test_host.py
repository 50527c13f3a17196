"""What a machine must not do in production, on machines made of files: swaps as the kernel tells of them."""

from pathlib import Path

import pytest

from app.core import host

HEAD = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n"


def machine(root: Path, *swaps: str, **blocks: str) -> Path:
    """A machine with these swaps, and block devices by name: their dm uuid, `on` another one, or nothing known."""
    (root / "proc").mkdir()
    lines = (f"{swap}\tpartition\t1000\t0\t-2\n" for swap in swaps)
    (root / "proc/swaps").write_text(HEAD + "".join(lines))
    for name, about in blocks.items():
        block = root / "sys/class/block" / name.replace("_", "-")
        (block / "dm").mkdir(parents=True)
        (block / "slaves").mkdir()
        if about.startswith("on "):
            (block / "slaves" / about[3:]).touch()
        elif about:
            (block / "dm/uuid").write_text(f"{about}\n")
    return root


def test_a_machine_without_swap_keeps_nothing(tmp_path: Path) -> None:
    assert host.plain_swaps(machine(tmp_path)) == []
    assert host.plain_swaps(tmp_path / "another") == []


@pytest.mark.parametrize(
    ("swap", "blocks"),
    [
        ("/dev/dm-0", {"dm_0": "CRYPT-PLAIN-swap"}),
        ("/dev/dm-1", {"dm_1": "on dm-0", "dm_0": "CRYPT-LUKS2-1b2c-disk"}),
        ("/dev/zram0", {"zram0": ""}),
    ],
)
def test_a_swap_in_memory_or_on_an_encrypted_disk_may_be(tmp_path: Path, swap: str, blocks: dict[str, str]) -> None:
    assert host.plain_swaps(machine(tmp_path, swap, **blocks)) == []


@pytest.mark.parametrize(
    ("swap", "blocks"),
    [
        ("/dev/sda2", {"sda2": ""}),
        ("/dev/dm-1", {"dm_1": "on sda2", "sda2": ""}),
        ("/dev/dm-2", {"dm_2": "LVM-0a1b2c"}),
        ("/swapfile", {}),
    ],
)
def test_a_swap_that_could_be_read_is_named(tmp_path: Path, swap: str, blocks: dict[str, str]) -> None:
    root = machine(tmp_path, swap, "/dev/dm-0", **(blocks | {"dm_0": "CRYPT-PLAIN-swap"}))

    assert host.plain_swaps(root) == [swap]


def test_compressed_memory_with_a_disk_behind_it_is_a_disk(tmp_path: Path) -> None:
    root = machine(tmp_path, "/dev/zram0", zram0="")
    (root / "sys/class/block/zram0/backing_dev").write_text("/dev/sda3\n")

    assert host.plain_swaps(root) == ["/dev/zram0"]


@pytest.mark.parametrize(
    ("mounts", "is_in_memory"),
    [
        ("/ ext4", False),
        ("/ ext4,/run tmpfs", True),
        ("/ tmpfs,/run/stemme ext4", False),
        ("/ ext4,/run/ste tmpfs", False),
        ("/ ext4,/run ramfs", True),
    ],
)
def test_the_deepest_mount_decides_where_keys_lie(tmp_path: Path, mounts: str, is_in_memory: bool) -> None:
    mount(tmp_path, *mounts.split(","))

    assert host.is_in_memory(Path("/run/stemme/keys"), tmp_path) is is_in_memory


def test_a_link_is_followed_to_where_keys_really_lie(tmp_path: Path) -> None:
    mount(tmp_path, "/ ext4", f"{tmp_path / 'memory'} tmpfs")
    for name, other in (("memory", "disk"), ("disk", "memory")):
        (tmp_path / name / "keys").mkdir(parents=True)
        (tmp_path / name / "link").symlink_to(tmp_path / other)

    assert not host.is_in_memory(tmp_path / "memory/link/keys", tmp_path)
    assert host.is_in_memory(tmp_path / "disk/link/keys", tmp_path)


def mount(root: Path, *mounts: str) -> None:
    """A machine with these mounts, 'place kind' each."""
    (root / "proc/self").mkdir(parents=True)
    lines = (f"1 0 0:1 / {place} rw - {kind} none rw\n" for place, kind in map(str.split, mounts))
    (root / "proc/self/mountinfo").write_text("".join(lines))
