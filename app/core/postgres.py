"""How PostgreSQL must be set, so that its own log keeps neither texts nor the order they came in."""

import re

from sqlalchemy import Connection, text

from app.core.config import ROOT

CONF = ROOT / "docs" / "postgresql.conf"
"""The one list: operators include it, we ask the server whether it holds."""
_LINE = re.compile(r"^(\w+) = '?([^'\n]*)'?$", re.MULTILINE)
_OLDEST = 150000
_SETTING = text("SELECT name, current_setting(name) FROM pg_settings WHERE name = ANY(:names)")


def wanted() -> dict[str, str]:
    """Setting → value."""
    return dict(_LINE.findall(CONF.read_text("utf-8")))


def differences(connection: Connection) -> list[str]:
    """Every setting of this server that is otherwise, a line each; nothing on SQLite."""
    if connection.dialect.name != "postgresql":
        return []
    if int(str(connection.execute(text("SHOW server_version_num")).scalar())) < _OLDEST:
        return ["PostgreSQL must be 15 or newer"]
    found: dict[str, str] = dict(connection.execute(_SETTING, {"names": list(wanted())}).all())
    return [
        f"PostgreSQL's {name} must be {value or 'empty'} (docs/postgresql.conf)"
        for name, value in wanted().items()
        if found.get(name) != value
    ]
