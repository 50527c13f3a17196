"""The files an operator copies: they name only settings there are, keep each side's secrets apart, and log nobody."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from app.core import config
from app.privacy.backups import copies

DEPLOY = config.ROOT / "deploy"
UNITS = DEPLOY / "systemd"
PROXY = (DEPLOY / "nginx" / "stemme.conf").read_text("utf-8")
SIDES = {
    side: "".join(
        file.read_text("utf-8")
        for file in (UNITS / f"stemme-{side}-.service.d" / "side.conf", *(UNITS / "optional" / side).glob("*.conf"))
    )
    for side in ("citizen", "desk")
}
"""All that may be said of a side: to every house, and to those that have more secrets."""
CITIZENS_ONLY = {"KIOSK_PRIVATE_KEY", "TWILIO_AUTH_TOKEN"}
DESK_ONLY = {"SEALING_PRIVATE_KEY"}


def named(text: str) -> set[str]:
    """The settings a file names, without STEMME_ and _FILE."""
    return {name.removesuffix("_FILE") for name in re.findall(r"\bSTEMME_([A-Z_]+)\b(?=[=:])", text)}


def test_only_settings_that_exist_are_given() -> None:
    files = [*DEPLOY.rglob("*.conf"), *DEPLOY.rglob("*.yaml"), *DEPLOY.rglob("*.example")]
    found = set().union(*(named(file.read_text("utf-8")) for file in files))

    assert found - set(config.NAMES) == set()
    assert found >= {"SIDE", "SECRET_KEY", "AUDIT_ANCHOR", "PROXIES"}


def test_a_secret_is_given_as_a_file_and_to_its_own_side() -> None:
    compose = yaml.safe_load((DEPLOY / "compose" / "compose.yaml").read_text("utf-8"))
    given = {
        side: [
            named(SIDES[side]),
            named("".join(f"{name}=" for name in compose["services"][f"{side}-web"]["environment"])),
        ]
        for side in SIDES
    }

    assert all(names >= CITIZENS_ONLY and not names & DESK_ONLY for names in given["citizen"])
    assert all(names >= DESK_ONLY and not names & CITIZENS_ONLY for names in given["desk"])
    for example in DEPLOY.glob("*.example"):
        assert not named(example.read_text("utf-8")) & set(config.SECRETS)
    assert not re.search(r"STEMME_(SECRET|SEALING_PRIVATE|KIOSK_PRIVATE)_KEY=", SIDES["citizen"] + SIDES["desk"])


BESIDE_COMPOSE = ("secrets/citizen_secret_key", "tls/privkey.pem", "citizen.env", "desk.env", "stemme.conf")
LET_IN = [
    "app", "bin/serve", "content", "docs/postgresql.conf", "migrations", "translations", "LICENSE", "Makefile",
    "README.md", "pyproject.toml", "requirements.txt", "wsgi.py",
]  # fmt: skip


@pytest.mark.requirement("R5")
def test_the_image_holds_the_program_and_no_secret() -> None:
    rules = [
        line for line in (config.ROOT / ".dockerignore").read_text("utf-8").splitlines() if not line.startswith("#")
    ]
    let_in = [line.removeprefix("!") for line in rules if line.startswith("!")]

    assert rules[0] == "*"
    assert let_in == LET_IN
    assert rules[1 + len(let_in) :] == ["**/__pycache__", "**/*.mo", "translations/compiled"]
    assert [name for name in let_in if not (config.ROOT / name).exists()] == []


@pytest.mark.skipif(not (config.ROOT / ".git").exists(), reason="not a checkout")
def test_git_never_takes_what_lies_beside_the_compose_file() -> None:
    names = [f"deploy/compose/{name}" for name in BESIDE_COMPOSE]
    said = subprocess.run(["git", "check-ignore", *names], capture_output=True, text=True, cwd=config.ROOT, check=False)

    assert said.stdout.split() == names


def test_every_secret_can_be_given_and_none_is_asked_for_that_not_every_house_has() -> None:
    everywhere = {side: (UNITS / f"stemme-{side}-.service.d" / "side.conf").read_text("utf-8") for side in SIDES}

    assert named(SIDES["citizen"]) | named(SIDES["desk"]) >= set(config.SECRETS) - {"DEMO_PASSWORD"}
    for text in (*SIDES.values(), *everywhere.values()):
        loaded = set(re.findall(r"^LoadCredential=(\w+):/etc/stemme/\w+/\1$", text, re.MULTILINE))
        assert loaded == set(re.findall(r"^Environment=STEMME_\w+_FILE=%d/(\w+)$", text, re.MULTILINE))
        assert loaded == {name.lower() for name in named(text) & set(config.SECRETS)}
    assert not any(word in everywhere["citizen"] for word in ("TWILIO", "GATEWAYAPI", "METRICS"))


@pytest.mark.requirement("R12")
def test_lines_about_citizens_live_in_memory_and_for_a_day() -> None:
    journal = (UNITS / "journald@stemme-citizen.conf").read_text("utf-8").splitlines()

    assert {"Storage=volatile", "MaxRetentionSec=1day"} <= set(journal)
    assert "LogNamespace=stemme-citizen" in SIDES["citizen"].splitlines()
    assert "hardening.conf" < "side.conf"  # the later one is what holds


def test_a_container_ends_daily_keeps_nothing_and_shares_day_keys_in_memory() -> None:
    services = yaml.safe_load((DEPLOY / "compose" / "compose.yaml").read_text("utf-8"))["services"]
    ours = {name: said for name, said in services.items() if said.get("image") == "stemme"}

    assert set(ours) == {"tables", "citizen-web", "citizen-worker", "desk-web", "desk-worker", "backup"}
    for name, said in ours.items():
        assert said["read_only"], name
        assert said["init"], name
        assert said["ulimits"] == {"core": 0}, name
        assert said["tmpfs"][0].startswith("/tmp:"), name  # noqa: S108
        assert said["entrypoint"][:4] == ["timeout", "--foreground", "--kill-after=60", "1d"] or name == "backup"
    for name in ("citizen-web", "citizen-worker"):
        assert {
            "type": "bind",
            "source": "/run/stemme-keys",
            "target": "/run/keys",
            "bind": {"create_host_path": False},
        } in (ours[name]["volumes"])
    unit = (UNITS / "stemme-desk-backup.service").read_text("utf-8")
    assert re.findall(r"-name '.+' -mtime \+\d+ -delete", ours["backup"]["command"][0])[0] in unit


def test_no_process_leaves_a_core_or_a_page_of_swap() -> None:
    hardening = (UNITS / "stemme-.service.d" / "hardening.conf").read_text("utf-8")

    assert {"LimitCORE=0", "MemorySwapMax=0", "NoNewPrivileges=yes", "ProtectSystem=strict"} <= set(
        hardening.splitlines()
    )
    for unit in (*UNITS.glob("*-web.service"), *UNITS.glob("*-worker.service")):
        assert "RuntimeMaxSec=1d" in unit.read_text("utf-8")
    assert all("KillMode=mixed" in unit.read_text("utf-8") for unit in UNITS.glob("*-web.service"))


@pytest.mark.requirement("R15")
def test_an_old_backup_goes_within_its_time_whether_or_not_a_new_one_is_made() -> None:
    unit = (UNITS / "stemme-desk-backup.service").read_text("utf-8")
    before, delete, after = unit.partition("ExecStartPre=/usr/bin/find /var/lib/stemme-backups -name 'stemme-*.age*'")
    found = re.search(r"-mtime \+(\d+) -delete$", after, re.MULTILINE)

    assert delete
    assert "ExecStart=" not in before
    assert found
    # `find` wants more whole days than this; a day passes until the next run, and one run may be missed.
    assert int(found[1]) + 1 + 1 + 1 <= copies.DAYS
    assert re.search(r"date -u \+%%Y-%%m-%%dT%%H%%M%%S", unit)  # a second one of a day has another name


def test_what_a_side_writes_lies_in_folders_its_units_make() -> None:
    example = (DEPLOY / "desk.env.example").read_text("utf-8")
    anchor = Path(example.partition("STEMME_AUDIT_ANCHOR=")[2].strip())
    made = re.findall(r"^StateDirectory=(.+)$", SIDES["desk"], re.MULTILINE)[0].split()

    assert anchor.parent.parent == Path("/var/lib")
    assert anchor.parent.name in made
    assert "TemporaryFileSystem=/dev/shm:" in (UNITS / "stemme-.service.d" / "hardening.conf").read_text("utf-8")


@pytest.mark.requirement("R12")
def test_the_proxy_writes_no_line_and_no_request_to_a_disk() -> None:
    said = [line.strip() for line in PROXY.splitlines()]

    assert said.count("access_log off;") == 1
    assert [line for line in said if line.startswith(("access_log", "error_log"))] == [
        "access_log off;",
        "error_log stderr emerg;",
    ]
    assert 'proxy_set_header User-Agent "";' in said
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in said
    assert "proxy_max_temp_file_size 0;" in said
    assert [line for line in said if "_temp_path" in line] == ["client_body_temp_path /dev/shm/stemme-bodies;"]


def test_every_change_passes_lint_and_tests_and_asks_the_internet_only_when_told_to() -> None:
    said = [line for line in (config.ROOT / ".ci" / "run").read_text("utf-8").splitlines() if not line.startswith("#")]

    assert said[2:] == ["make lint", "make test", 'if [ "${ASK_FOR_FAULTS:-}" = 1 ]; then make audit; fi']


@pytest.fixture
def host(tmp_path: Path) -> Path:
    """What a host looks like after docs/running.md; the desk chose to let staff sign in elsewhere."""
    chosen = tmp_path / "etc" / "systemd" / "system" / "stemme-desk-.service.d" / "oidc.conf"
    chosen.parent.mkdir(parents=True)
    chosen.write_text("# of an older version", "utf-8")
    (tmp_path / "etc" / "postgresql" / "15" / "main" / "conf.d").mkdir(parents=True)
    environ = {"DESTDIR": str(tmp_path), "PATH": os.environ["PATH"]}
    subprocess.run([DEPLOY / "bin" / "copy-to-system", "svar.example", "desk.huset.example"], env=environ, check=True)
    return tmp_path


def test_what_a_host_needs_is_copied_and_what_it_chose_is_renewed(host: Path) -> None:
    etc = host / "etc"
    names = (etc / "nginx" / "stemme.conf").read_text("utf-8")

    assert os.access(host / "usr" / "local" / "bin" / "stemme-on", os.X_OK)
    assert sorted(path.name for path in (etc / "systemd").glob("*.conf")) == [
        "journald@stemme-citizen.conf", "journald@stemme.conf",
    ]  # fmt: skip
    assert "OIDC_CLIENT_SECRET" in (etc / "systemd/system/stemme-desk-.service.d/oidc.conf").read_text("utf-8")
    assert not (etc / "systemd/system/stemme-citizen-.service.d/twilio.conf").exists()
    assert "log_checkpoints = off" in (etc / "postgresql/15/main/conf.d/stemme.conf").read_text("utf-8")
    assert set(re.findall(r"server_name (.+);", names)) == {"svar.example", "desk.huset.example"}
    assert "stemme.example" not in names


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_takes_the_units(host: Path) -> None:
    folder = host / "etc" / "systemd" / "system"
    for unit in folder.glob("*.service"):
        unit.write_text(unit.read_text("utf-8").replace("/opt/stemme/.venv/bin/stemme", "/bin/true"), "utf-8")
    units = [unit for unit in folder.glob("stemme-*") if unit.is_file()]
    said = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--generators=no", *map(str, units)],
        env={"SYSTEMD_UNIT_PATH": f"{folder}:", "PATH": "/usr/bin:/bin"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert len(units) == 6
    assert [line for line in said.stderr.splitlines() if "stemme" in line] == []


@pytest.mark.skipif(not shutil.which("nginx"), reason="no nginx here")
@pytest.mark.parametrize("is_in_a_container", [False, True])
def test_nginx_takes_the_proxy(host: Path, *, is_in_a_container: bool) -> None:
    """What lies on the host; only folders are the test's, and other containers are here (nginx 1.27.3 asks)."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
         "-subj", "/CN=stemme.example", "-keyout", host / "privkey.pem", "-out", host / "fullchain.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    files = host / "etc" / "nginx"
    if is_in_a_container:
        shutil.copy(DEPLOY / "compose" / "nginx.conf", files)
    moved = {"/etc/stemme/tls": host, "/etc/nginx": files, "/dev/shm": host, "/run": host}  # noqa: S108 - names in them
    for file in files.iterdir():
        said = re.sub(r"server (?:citizen|desk)-web:(\d+) resolve;", r"server 127.0.0.1:\1;", file.read_text("utf-8"))
        said = re.sub("|".join(moved), lambda found: str(moved[found[0]]), said)
        file.write_text(said, "utf-8")
    tried = subprocess.run(["nginx", "-t", "-c", files / "nginx.conf"], capture_output=True, text=True, check=False)

    assert tried.returncode == 0, tried.stderr
