"""The claim of a finding read in by a person, so that peers can hear it."""

from flask_babel import gettext as _

from app.core.errors import Refusal
from app.desk.accounts.models import User
from app.desk.track import queries as track
from app.desk.track import reading
from app.desk.track.findings import queries
from app.desk.track.findings.models import Finding
from app.surveys import mp3

MOST_BYTES = 50_000
"""200 characters take some 15 seconds; 16 kbit/s are 2 kB a second. A form may hold 64 kB in all."""


class SoundRefused(Refusal):
    """A file that cannot be played to people."""


def keep(finding: Finding, sound: bytes) -> None:
    """This is how the claim sounds as it stands; nothing takes the sound away again."""
    version = queries.version(finding.number, finding.version)
    assert version is not None  # noqa: S101 - every version is kept as it is written
    if not sound:
        version.sound = None
        return
    if len(sound) > MOST_BYTES:
        raise SoundRefused(_("The recording is larger than 50 kB. Save it in mono at 16 kbit/s."))
    plain = mp3.without_tags(sound)
    if not mp3.is_mp3(plain):
        raise SoundRefused(_("This is no MP3 file. Save the recording as MP3."))
    version.sound = plain


def of(number: int, nth: int, reader: User) -> bytes | None:
    """The sound of a version for somebody who may read it now; peers, when they are asked about it."""
    finding = track.finding(number)
    version = queries.version(number, nth)
    if finding is None or version is None:
        return None
    is_asked = reader.role == "peer" and finding.state == "with_peers" and finding.version == nth
    return version.sound if is_asked or finding.state in reading.finding_states(reader) else None
