"""`stemme release`: what would be seen, and making it public."""

import json
from pathlib import Path

import click

from app.commands.context import in_app
from app.core import clock, config, pdf
from app.core.db import db
from app.desk.accounts import audit, queries
from app.desk.moderation import voices
from app.desk.moderation.measures import pace
from app.desk.track import queries as track
from app.desk.track.releases import previewing
from app.publication import dealing, dispositions, periods, printing, published, releases, signing, tallies
from app.publication.formats import PDF
from app.publication.opendata import open_files

PERIOD = click.argument("period")


@click.group()
def release() -> None:
    """Preview and publish the figures of a period."""


@release.command()
@PERIOD
@in_app
def preview(period: str) -> None:
    """Show PERIOD as the public would see it: a dash for every figure that is hidden."""
    _count(period)
    for line in releases.preview(period, clock.today()).lines():
        click.echo(line)


@release.command()
@PERIOD
@click.option("--by", "first", default="carl", show_default=True, help="The council member who publishes.")
@click.option("--second", default="mona", show_default=True, help="The moderator who signs.")
@in_app
def publish(period: str, first: str, second: str) -> None:
    """Count, decide, freeze and publish PERIOD, once and for all. Both people must know that their name is used."""
    signed = _signature(first, signing.FIRST), _signature(second, signing.SECOND)
    _count(period)
    seen = previewing.seen_beside(period)
    db.session.rollback()
    done = releases.publish(period, clock.today(), *signed, seen=seen)
    audit.record("release.publish", done.id)
    db.session.commit()
    click.echo(f"{done.id} is published: {done.hash}")
    _print_pdfs()


@release.command()
@in_app
def wishes() -> None:
    """Do what was asked for at the desk: work out previews, publish what two people signed (the worker calls this)."""
    asked = [*filter(None, [track.preview_asked()]), *(period for period, _, _ in published.signed_and_waiting())]
    db.session.rollback()
    for period in asked:
        _count(period)
    previewing.work_out(clock.now())
    db.session.commit()
    releases.publish_signed(clock.now(), previewing.telling, previewing.seen_beside)
    previewing.tidy()
    db.session.commit()
    _print_pdfs()


@release.command()
@in_app
def count() -> None:
    """Count for good what has rested: months, and the themes of quarters that are read. The worker calls this."""
    for period in list(tallies.due(clock.today())):
        tallies.freeze(period, voices.voices, pace.outcomes, today=clock.today())
        db.session.commit()


@release.command()
@in_app
def answering() -> None:
    """Decide what may be seen of conversations by text, and of moderation, in the quarters that are over.

    The worker calls this.
    """
    while one := dispositions.decide_next(clock.today()):
        db.session.commit()
        click.echo(f"{one.survey_id or 'words without a survey'} {one.version or ''} {one.period.code} is decided.")
    while quarter := dealing.decide_next(clock.today(), pace.outcomes):
        db.session.commit()
        click.echo(f"How the texts of {quarter.code} were dealt with is decided.")


@release.command()
@click.argument("release_id", required=False)
@in_app
def rerender(release_id: str | None) -> None:
    """Print a release again, or the pages of all, from the same figures (after a change of templates).

    The figures, their JSON and the hash stay what they were.
    """
    changed = _print_again(release_id) if release_id else printing.rerender_all()
    if changed:
        audit.record("release.rerender", release_id or "", count=len(changed))
    db.session.commit()
    click.echo(f"Printed again: {', '.join(changed) or 'nothing had changed'}.")


@release.command("tallies")
@click.argument("year", type=int)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False, writable=True), required=True)
@in_app
def write_tallies(year: int, out: Path) -> None:
    """Write the small numbers behind YEAR to a file, to attack our own releases with. Never in production."""
    if config.settings().env == "production":
        raise click.ClickException("Small numbers never leave a server in production.")
    out.write_text(json.dumps(list(tallies.written(year)), ensure_ascii=False) + "\n", encoding="utf-8")
    click.echo(f"{out}: the small numbers behind {year}. Destroy the file when you are done.")


def _signature(name: str, role: str) -> str:
    """What the desk would keep of this person's signature; a demo may do without the person."""
    person = queries.user_named(name)
    if person and person.is_active and person.role == role:
        return person.id.hex()
    if config.settings().is_demo:
        return name
    raise click.ClickException(
        f"{name} is nobody of the desk who may sign: it takes an open account with the role {role}."
    )


def _print_again(release_id: str) -> list[str]:
    found = published.get(release_id)
    if found is None:
        raise click.ClickException(f"{release_id} is not published.")
    try:  # the PDF first: while it is made, nothing is written yet and nobody waits
        is_changed = printing.rerender(found, (PDF.name, *printing.AGAIN))
    except pdf.PdfRefused as refusal:
        click.echo(str(refusal), err=True)
        is_changed = printing.rerender(found, printing.AGAIN)
    open_files.renew(periods.parse(found.period).year)
    return [release_id] if is_changed else []


def _print_pdfs() -> None:
    """The PDFs of what is out, outside any transaction; without the libraries the page says what is missing."""
    try:
        while printing.print_one_pdf():
            db.session.commit()
    except pdf.PdfRefused as refusal:
        click.echo(str(refusal), err=True)


def _count(period: str) -> None:
    tallies.freeze(period, voices.voices, pace.outcomes, today=clock.today(), is_early=config.settings().is_demo)
    db.session.commit()
