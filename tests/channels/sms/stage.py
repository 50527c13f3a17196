"""The gateway with its carrier on one stage: time goes by, the sweep runs, and what was stored is counted."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from flask import Flask

from app import jobs
from app.channels.sms.sweep import Sweep, state
from app.core import clock, db
from app.privacy import sealing
from app.surveys.models import Answer, SmsTally
from tests.channels.sms.fake_twilio import FakeTwilio, Message, in_app


@dataclass
class Stage:
    """One app, one carrier, one clock."""

    app: Flask
    twilio: FakeTwilio

    def __post_init__(self) -> None:
        self.twilio.clock = clock.clock().now  # the carrier answers in threads of its own
        self.twilio.post = in_app(self.app)

    def missed(self, sender: str, text: str, *, age: timedelta = timedelta()) -> Message:
        """A text that reaches the carrier and never us."""
        return self.twilio.receives(sender, text, age=age)

    def later(self, **passed: float) -> None:
        """Time goes by, and nothing runs."""
        clock.clock().moved_by += timedelta(**passed).total_seconds()

    def sweep(self) -> None:
        """One run of the job."""
        self.run("sweep-provider")

    def run(self, name: str) -> None:
        job = jobs.by_name(name)
        assert job
        jobs.run(job, clock.now())

    def sweeps(self, *, minutes: float) -> None:
        """Time goes by with a run every two minutes, as the worker does, and the forgetting every hour."""
        for at in range(2, int(minutes) + 1, 2):
            self.later(minutes=2)
            self.sweep()
            if at % 60 == 0:
                self.run("retention")

    def days(self, n: int) -> None:
        """So many days with one forgetting and one run each."""
        for _ in range(n):
            self.later(days=1)
            self.run("retention")
            self.sweep()

    def lock(self, *, is_locked: bool = True) -> None:
        """What lies at the carrier now cannot be deleted, or can be again."""
        for message in self.twilio.messages:
            message.is_locked = is_locked

    # ── what there is ─────────────────────────────────────────────────────────────

    def replies(self, sender: str) -> list[str]:
        """Everything that ever left for this number, also what was deleted since."""
        return [message.text for message in self.twilio.ever if message.recipient == sender]

    def words(self) -> Counter[str]:
        """The words that were stored, opened."""
        query = sa.select(Answer.id, Answer.month, Answer.sealed).where(Answer.kind == "words")
        rows = db.connection().execute(query).all()
        opened = Counter(sealing.unseal(row.sealed, answer_id=row.id, month=row.month) for row in rows)
        db.db.session.rollback()
        return opened

    def counted(self, event: str) -> int:
        """How often something happened."""
        query = sa.select(sa.func.coalesce(sa.func.sum(SmsTally.n), 0)).where(SmsTally.event == event)
        n = int(db.connection().execute(query).scalar_one())
        db.db.session.rollback()
        return n

    def mark(self) -> Sweep:
        """How the sweep stands."""
        found = state()
        db.db.session.rollback()
        assert found
        return found
