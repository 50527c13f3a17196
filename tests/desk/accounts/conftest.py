"""What tests of sign-in share."""

import pytest


@pytest.fixture
def on_one_database(database_kind: str) -> None:
    """For tests whose statements are the same on both. Ask for it before `content`."""
    if database_kind != "sqlite":
        pytest.skip("the same on both databases")
