"""Wrong ways of standing on the web, and the checks they are held against: a check complains, or has nothing to say."""

import secrets
from collections.abc import Callable

import sqlalchemy as sa
from flask import Flask, request

from app.core import db
from app.core.leases import JobLease
from app.core.limits import POSTS, RESPONSES, Limit, Limits

# ── limits ──────────────────────────────────────────────────────────────────────

PEOPLE, PRESSES = 60, 20


def per_post() -> Limit:
    """What a post takes from."""
    return POSTS


def as_many_posts_as_responses() -> Limit:
    """One limit for both: whoever corrects an answer uses up the neighbours'."""
    return Limit("posts", RESPONSES.most)


def limit_complaints(of_a_post: Callable[[], Limit]) -> list[str]:
    """Sixty people behind one address all get through within an hour; two thousand posts in a minute do not."""
    limits, flood, limit = Limits(1), Limits(1), of_a_post()
    steps = range(PEOPLE * PRESSES)
    refused = sum(limits.wait(limit, "192.0.2.1", nth * 3600 / len(steps)) > 0 for nth in steps)
    taken = sum(flood.wait(limit, "192.0.2.1", nth * 60 / 2000) == 0 for nth in range(2000))
    return [f"{refused} presses of {PEOPLE} people were refused"] * bool(refused) + [f"{taken} of 2,000 came in"] * (
        taken > POSTS.most * 1.02
    )


def addresses_in_a_table(app: Flask) -> None:
    """Tries are counted by address in the database, to survive a restart."""

    @app.before_request
    def keep() -> None:
        tries = {"name": f"{request.remote_addr} {secrets.token_hex(4)}", "holder": "", "until": 0.0, "ran_at": 0.0}
        db.connection().execute(sa.insert(JobLease), tries)
        db.db.session.commit()
