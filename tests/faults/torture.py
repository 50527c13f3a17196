"""Torture: many conversations at once against two server processes that keep dying, and a carrier that never gives up.

What must hold is told by tests/faults/stories.py alone; this module sends, kills, and counts.
"""

import itertools
import os
import random
import re
import signal
import socket
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from app.commands import serving
from app.core.config import ROOT
from tests.channels.sms import factories
from tests.faults.crash_points import POINTS
from tests.faults.post import Answer, post
from tests.faults.stories import Author, Row, Step, Story
from tests.live import free_port

SERVERS = 2
AT_ONCE = 12  # texts on their way
MOST_REFUSALS = 30  # answers to one text that say no, also "try again", until the carrier gives it up
TARGET = "tests.faults.crashing:app"
ONE, BOTH = "one at a random moment", "both at a random moment"
KINDS = (*POINTS, ONE, BOTH)
_CODE = re.compile(r"(?:Din kode|Your code): ([A-ZÆØÅ ]+)\.")


@dataclass(frozen=True)
class Size:
    """How much is done at least: the run goes on until all of it is."""

    texts: int
    conversations: int
    kills: int
    kinds: tuple[str, ...] = KINDS
    only: Callable[[Author], Story] | None = None
    """The one kind of story that is told."""
    at: tuple[int, int] = (1, 10)
    """A planned death comes at one of these texts of a server, drawn by lot; the first and the last it may be."""


@dataclass
class Counts:
    """What was done, for the report, and what was answered, for the verdict."""

    texts: int = 0
    duplicates: int = 0
    parallel: int = 0
    kills: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)
    unequal: list[str] = field(default_factory=list)
    """Texts whose deliveries got different replies."""
    never_taken: list[str] = field(default_factory=list)
    """Texts the carrier gave up."""
    strange_ends: list[str] = field(default_factory=list)
    """Servers that ended without being killed."""

    def report(self, conversations: int, seconds: float) -> str:
        """Two lines for people."""
        kills = ", ".join(f"{number} {kind}" for kind, number in sorted(self.kills.items()))
        return (
            f"{self.texts} texts of {conversations} conversations, {self.duplicates} duplicates "
            f"({self.parallel} in parallel), {self.kills.total()} kills in {seconds:.0f} s\n"
            f"  killed: {kills}\n  answered: {dict(sorted(self.answers.items()))}"
        )


@dataclass
class Person:
    """One telephone with one story."""

    number: str
    story: Story
    ahead: list[Step]
    sent: list[tuple[dict[str, str], Answer]] = field(default_factory=list)
    receipt: str = ""


class House:
    """The server processes. Each dies as planned, is missed, and is started again, until the killing is over."""

    def __init__(self, environ: dict[str, str], folder: Path, *, size: Size, seed: int, mutant: str = "") -> None:
        self.folder, self.size, self.counts = folder, size, Counts()
        self.chance, self.lock = random.Random(f"{seed} kills"), threading.Lock()
        self.plans = itertools.cycle(size.kinds)
        self.is_over = threading.Event()
        self.ports = [free_port() for _ in range(SERVERS)]
        self.address = f"http://127.0.0.1:{self.ports[0]}"
        self.environ = os.environ | environ | {
            "STEMME_PUBLIC_BASE_URL": self.address, "TORTURE_MUTANT": mutant, "TORTURE_DRIVER": str(os.getpid()),
        }  # fmt: skip
        self.running: dict[int, subprocess.Popen[bytes]] = {}
        self.victims: set[int] = set()

    def __enter__(self) -> "House":
        self.keepers = [threading.Thread(target=self._keep, args=(port,)) for port in self.ports]
        for keeper in self.keepers:
            keeper.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.is_over.set()
        for keeper in self.keepers:
            keeper.join()

    @property
    def has_died_enough(self) -> bool:
        """Whether the killing is over."""
        return self.counts.kills.total() >= self.size.kills

    def _keep(self, port: int) -> None:
        while not self.is_over.is_set():
            with self.lock:
                plan = "" if self.has_died_enough else next(self.plans)
                nth = self.chance.randint(*self.size.at)
            mark = self.folder / f"died-{port}"
            self._start(port, plan, nth, mark)
            self._wait_for_its_end(port, plan, nth)
            self._count_its_end(port, plan, mark)

    def _start(self, port: int, plan: str, nth: int, mark: Path) -> None:
        environ = self.environ | {"TORTURE_MARK": str(mark), "TORTURE_CRASH": ""}
        if plan in POINTS:
            environ["TORTURE_CRASH"] = f"{plan}:{nth}"
        with (self.folder / f"server-{port}.log").open("ab") as out:
            self.running[port] = subprocess.Popen(
                [serving.SCRIPT, "127.0.0.1", str(port), "1", TARGET],
                env=environ, cwd=ROOT, stdout=out, stderr=out, start_new_session=True,
            )  # fmt: skip

    def _wait_for_its_end(self, port: int, plan: str, nth: int) -> None:
        """Until it dies by itself; a random death comes a moment after it began to listen."""
        due = None
        while self.running[port].poll() is None and not self.is_over.is_set():
            if due is None and plan and plan not in POINTS and _listens(port):
                due = time.monotonic() + nth * 0.15
            if due and time.monotonic() > due:
                self._kill(self.ports if plan == BOTH else [port])
            time.sleep(0.01)
        _end(self.running[port])

    def _kill(self, ports: Iterable[int]) -> None:
        for port in ports:
            self.victims.add(port)
            with suppress(ProcessLookupError):  # it has just died by itself
                os.killpg(self.running[port].pid, signal.SIGKILL)

    def _count_its_end(self, port: int, plan: str, mark: Path) -> None:
        with self.lock:
            if mark.exists():
                mark.unlink()
                self.counts.kills[plan] += 1
            elif port in self.victims:
                self.counts.kills[ONE if plan == ONE else BOTH] += 1
            elif not self.is_over.is_set():
                self.counts.strange_ends.append(f"{plan}: exit {self.running[port].returncode}")
            self.victims.discard(port)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _end(process: "subprocess.Popen[bytes]") -> None:
    """In good order if it still runs; killed if it does not go."""
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=10)


class Torture:
    """The carrier and its telephones."""

    def __init__(self, house: House, *, seed: int) -> None:
        self.house, self.size, self.counts = house, house.size, house.counts
        self.chance = random.Random(f"{seed} texts")
        self.author = Author(random.Random(f"{seed} stories"), house.size.only)
        self.numbers = self.chance.sample(range(100_000, 1_000_000), 50_000)
        self.people: list[Person] = []
        self.idle: list[Person] = []
        self.lock = threading.Lock()
        self.pool = ThreadPoolExecutor(AT_ONCE * 3)

    def run(self) -> None:
        """Send until there was enough of everything and every begun story is told."""
        with self.lock:
            for _ in range(self.size.conversations):
                self._another_person()
        senders = [threading.Thread(target=self._send_all) for _ in range(AT_ONCE)]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()
        self.pool.shutdown()

    def expected(self) -> Counter[Row]:
        """Every response that must be there."""
        return Counter(row for person in self.people for row in person.story.rows)

    def open_conversations(self) -> int:
        """How many must be open."""
        return sum(person.story.is_open for person in self.people)

    def _another_person(self) -> Person:
        story = self.author.story()
        person = Person(f"+4500{self.numbers.pop():06}", story, list(story.steps))
        self.people.append(person)
        self.idle.append(person)
        return person

    def _send_all(self) -> None:
        while person := self._next():
            step = person.ahead.pop(0)
            texts = (step,) if isinstance(step, str) else step
            list(self.pool.map(lambda text, person=person: self._text(person, text), texts))
            with self.lock:
                again = self.chance.choice(person.sent)[0] if self.chance.random() < 0.1 else None
            if again:
                self._deliver(person, again, copies=1)
            if person.ahead:
                with self.lock:
                    self.idle.append(person)

    def _next(self) -> Person | None:
        """Somebody who has something to say and is not being heard; new people while there was not enough yet."""
        with self.lock:
            is_enough = self.counts.texts >= self.size.texts and self.house.has_died_enough
            if not self.idle and not is_enough:
                self._another_person()
            if not self.idle:
                return None
            return self.idle.pop(self.chance.randrange(len(self.idle)))

    def _text(self, person: Person, text: str) -> None:
        body = text.replace("{receipt}", person.receipt)
        with self.lock:
            self.counts.texts += 1
            copies = self.chance.choice((2, 3)) if self.chance.random() < 0.08 else 1
            sid = f"SM{self.chance.getrandbits(128):032x}"
        self._deliver(person, factories.fields(body, sender=person.number, MessageSid=sid), copies=copies)

    def _deliver(self, person: Person, form: dict[str, str], *, copies: int) -> None:
        answers = list(self.pool.map(lambda _: self._until_taken(form), range(copies)))
        before = [answer for sent, answer in person.sent if sent is form]
        with self.lock:
            self.counts.duplicates += copies - 1 + bool(before)
            self.counts.parallel += copies - 1
            if len({answer.body for answer in (*before, *answers)}) > 1:
                self.counts.unequal.append(f"{person.story.steps}: {form['Body']}")
        if not before:
            person.sent.append((form, answers[0]))
            if found := _CODE.search(factories.message_of(answers[0].body)):
                person.receipt = found[1]

    def _until_taken(self, form: dict[str, str]) -> Answer:
        """Deliver to whichever process answers until one says 200; give up on a fault that does not go away."""
        deadline, refused = time.monotonic() + 120, 0
        answer = Answer(0)
        for port in itertools.cycle(self._shuffled()):
            answer = post(self.house.address, form, port=port)
            refused += answer.status not in (0, 200)
            with self.lock:
                self.counts.answers[str(answer.status or "cut")] += 1
            if answer.status == 200 or refused > MOST_REFUSALS or time.monotonic() > deadline:
                break
            time.sleep(0.3 if answer.status == 0 else 0.1)
        if answer.status != 200:
            self.counts.never_taken.append(form["Body"])
        return answer

    def _shuffled(self) -> list[int]:
        with self.lock:
            return self.chance.sample(self.house.ports, len(self.house.ports))
