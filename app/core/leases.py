"""Who runs a timed job now, and when it last ran: one row a job, so that several workers may run."""

from sqlalchemy import String, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from app.core import db

LONGEST = 900.0
"""Seconds after which a lease is taken to be lost with its worker."""


class JobLease(db.Model):
    """The lease of one job. Seconds since 1970; nothing about citizens."""

    __tablename__ = "job_lease"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    holder: Mapped[str] = mapped_column(String(16), default="")
    until: Mapped[float] = mapped_column(default=0.0)
    ran_at: Mapped[float] = mapped_column(default=0.0)


def last_runs() -> dict[str, float]:
    """When each job last ran."""
    return {row.name: row.ran_at for row in db.connection().execute(select(JobLease.name, JobLease.ran_at))}


def take(name: str, holder: str, now: float) -> bool:
    """Take the lease unless another worker holds it. Commit at once, so that others see it."""
    change = (
        update(JobLease)
        .where(JobLease.name == name, (JobLease.until < now) | (JobLease.holder == holder))
        .values(holder=holder, until=bindparam("until_when"))
    )
    taken = db.connection().execute(change, {"until_when": now + LONGEST}).rowcount == 1
    db.db.session.commit()
    return taken or _add(name, holder, now)


def give_back(name: str, holder: str, now: float) -> None:
    """The job ran (well or not); it is due again in its own time."""
    done = update(JobLease).where(JobLease.name == name, JobLease.holder == holder).values(until=0.0, ran_at=now)
    db.connection().execute(done)
    db.db.session.commit()


def put_off(name: str, holder: str, now: float) -> None:
    """The job failed and is still due: nobody takes it before a lost lease would end."""
    later = update(JobLease).where(JobLease.name == name, JobLease.holder == holder)
    db.connection().execute(later.values(holder="", until=now + LONGEST))
    db.db.session.commit()


def _add(name: str, holder: str, now: float) -> bool:
    values = {"name": name, "holder": holder, "until": now + LONGEST, "ran_at": 0.0}
    try:
        db.connection().execute(insert(JobLease), values)
        db.db.session.commit()
    except IntegrityError:  # the job has a lease already, and somebody else holds it
        db.db.session.rollback()
        return False
    return True
