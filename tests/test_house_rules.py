import ast
import inspect
import logging
import re
import zlib
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from rq import Queue
from rq.serializers import JSONSerializer
from twilio.rest.api.v2010.account.message import MessageInstance

from rapidresponse import errors
from rapidresponse.cli import main
from rapidresponse.queue import LANES, TEXTS, Job, RedisQueue
from rapidresponse.rules.lifecycle import (
    ALERT_MOVES,
    DELIVERY_MOVES,
    RANK,
    AlertState,
    DeliveryState,
)
from rapidresponse.sms.twilio import STATUSES, state_of
from rapidresponse.store.models import Base
from rapidresponse.web.errors import CODES
from tests import canary
from workers.worker import build

ROOT = Path(__file__).parent.parent
PRODUCT = [*sorted(ROOT.glob("rapidresponse/**/*.py")), *sorted(ROOT.glob("workers/**/*.py"))]
TESTS = sorted(ROOT.glob("tests/**/*.py"))
LONGEST_FILE, LONGEST_FUNCTION = 300, 25
DRAWERS = {"utils", "util", "helpers", "helper", "common", "constants", "misc", "types", "tools"}

# What may be longer, and why.
MIGRATIONS = "rapidresponse/store/migrations/versions/"  # as long as what they change
LONG_FUNCTIONS: dict[str, str] = {}


@cache
def tree(path):
    return ast.parse(path.read_text())


def name(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("job", Job)
def test_every_job_leads_to_a_function_of_one_id(job):
    module, _, function = job.rpartition(".")

    found = inspect.signature(getattr(import_module(module), function))

    assert [one.annotation for one in found.parameters.values()] == [int]


def test_every_job_has_a_lane_and_every_lane_is_worked(valkey):
    from rapidresponse.queue import connect  # noqa: PLC0415 - opened and closed here

    redis = connect(valkey)
    worked = {queue.name for queue in build(redis).queues}
    redis.close()

    assert set(LANES) == set(Job)
    assert set(LANES.values()) == worked


def test_the_commands_of_the_procfile_exist():
    lines = [line for line in (ROOT / "Procfile").read_text().splitlines() if line]

    for line in lines:
        process, command = line.split(": ")
        program, *words = command.split()
        assert program == "rapidresponse"
        assert process in {"release", *words}
        assert CliRunner().invoke(main, [*words, "--help"]).exit_code == 0


def test_every_state_has_a_row_of_moves_and_a_rank():
    assert set(ALERT_MOVES) == set(AlertState)
    assert set(DELIVERY_MOVES) == set(DeliveryState) == set(RANK)


@pytest.mark.parametrize("state", [*AlertState, *DeliveryState], ids=repr)
def test_every_state_fits_its_column(state):
    table = "alerts" if isinstance(state, AlertState) else "deliveries"

    column: Any = Base.metadata.tables[table].c.state
    assert len(state) <= column.type.length


def statuses():
    return [
        value
        for key, value in vars(MessageInstance.Status).items()
        if key.isupper() and isinstance(value, str)
    ]


def test_every_status_of_the_carrier_has_a_word_of_ours():
    assert len(statuses()) > 10
    assert {status for status in statuses() if state_of(status) is None} == set()
    assert set(STATUSES) == set(statuses())


def test_every_error_of_ours_has_an_answer():
    inside = {"Misconfigured", "CarrierDown", "KeyGone", "StoryBroke"}  # never meant for a caller

    answered = {
        kind.__name__: any(known in CODES for known in kind.__mro__)
        for kind in every_kind(errors.RapidResponseError)
    }

    assert {kind for kind, is_answered in answered.items() if not is_answered} <= inside


def every_kind(kind):
    for child in kind.__subclasses__():
        yield child
        yield from every_kind(child)


@pytest.mark.parametrize("path", PRODUCT, ids=name)
def test_no_file_is_long(path):
    assert len(path.read_text().splitlines()) <= LONGEST_FILE or name(path).startswith(MIGRATIONS)


@pytest.mark.parametrize("path", PRODUCT, ids=name)
def test_no_function_is_long(path):
    long = {
        f"{name(path).partition('/')[2]}: {node.name}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and lines(node) > LONGEST_FUNCTION
    }

    assert long <= set(LONG_FUNCTIONS) or name(path).startswith(MIGRATIONS)


def lines(node):
    """Count the lines of what a function does, without its signature and its docstring."""
    body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
    return body[-1].end_lineno - body[0].lineno + 1


@pytest.mark.parametrize("path", [*PRODUCT, *TESTS], ids=name)
def test_no_file_is_a_drawer_for_odds_and_ends(path):
    assert path.stem not in DRAWERS
    assert not DRAWERS & {part.stem for part in path.parents}


@pytest.mark.parametrize("path", PRODUCT, ids=name)
def test_nothing_is_printed(path):
    called = {ast.unparse(node.func) for node in ast.walk(tree(path)) if isinstance(node, ast.Call)}

    assert "print" not in called
    assert "breakpoint" not in called


def test_one_file_speaks_twilio():
    speaking = {
        name(path)
        for path in PRODUCT
        for module in imported(path)
        if module.partition(".")[0] == "twilio"
    }

    assert speaking == {"rapidresponse/sms/twilio.py"}


def imported(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_every_module_says_what_it_is_for():
    silent = [name(path) for path in PRODUCT if not ast.get_docstring(tree(path))]

    assert silent == []


def test_no_real_number_stands_in_the_code_or_the_tests():
    numbers = re.compile(r"\+1\d{10}\b")
    found = {
        (name(path), number)
        for path in [*PRODUCT, *TESTS]
        for number in numbers.findall(path.read_text())
        if not re.fullmatch(r"\+1\d{3}(5550[01]\d\d|\d{7})", number)
    }

    assert found == set()


def test_no_table_has_a_column_for_a_name_of_a_person():
    telling = {"email", "first_name", "last_name", "full_name", "address", "street", "birthday"}
    found = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.name in telling
    }

    assert found == set()
    assert "name" not in Base.metadata.tables["subscribers"].c


# The canary itself: each of these is a leak, planted to see whether it is heard.
PHONE = "+17045550101"
SPELLED = [
    PHONE,
    "17045550101",
    "7045550101",
    "704-555-0101",
    "(704) 555-0101",
    "704.555.0101",
    "+1 704 555 0101",
    "To=%2B17045550101&Body=x",
    "tel:555-0101",
    f"0{PHONE}0",
    canary.CANARY,
]


@pytest.mark.parametrize("leak", SPELLED)
def test_the_canary_knows_a_number_however_it_is_spelled(leak):
    with pytest.raises(canary.Leak):
        canary.check("here", f"before {leak} after")


@pytest.mark.parametrize(
    "fine",
    ["704-555-0142", "+17045550142", "3877222055501368", "1764004555.0136", "0.5550101", "...01"],
)
def test_the_canary_lets_pass_what_is_public_or_no_number(fine):
    canary.check("here", fine)


def test_the_canary_hears_a_leak_in_a_table(wiring):
    with wiring.work() as work:
        work.run(
            "INSERT INTO partners (id, name, trust, secret, added_at)"
            " VALUES (1, :name, 'review', :none, '2026-01-01')",
            name=f"Maria {PHONE}",
            none=b"",
        )

    with pytest.raises(canary.Leak, match="table partners"):
        canary.check_record(wiring.database.engine)
    if wiring.database.is_sqlite:
        with pytest.raises(canary.Leak, match=r"file record\.sqlite"):
            canary.check_file(Path(wiring.config.database.removeprefix("sqlite:///")))
    with wiring.work() as work:
        work.run("DELETE FROM partners")
    wiring.database.forget_deleted()


PLANTED = {
    "a string": lambda redis: redis.set("x", PHONE),
    "a key": lambda redis: redis.set(f"x:{PHONE}", 1),
    "a hash": lambda redis: redis.hset("x", "phone", PHONE),
    "the name of a field": lambda redis: redis.hset("x", PHONE, 1),
    "a list": lambda redis: redis.rpush("x", PHONE),
    "a set": lambda redis: redis.sadd("x", PHONE),
    "a sorted set": lambda redis: redis.zadd("x", {PHONE: 1}),
    "a stream": lambda redis: redis.xadd("x", {"to": PHONE}),
    "something compressed": lambda redis: redis.hset("x", "data", zlib.compress(PHONE.encode())),
}


def test_the_canary_hears_a_leak_in_redis(wiring):
    for plant in PLANTED.values():
        plant(wiring.redis)

        with pytest.raises(canary.Leak):
            canary.check_redis(wiring.redis)
        wiring.redis.flushall()


def test_the_canary_hears_a_leak_in_a_job(wiring):
    lane = Queue(TEXTS, connection=wiring.redis, serializer=JSONSerializer)
    lane.enqueue(str(Job.SEND), PHONE)

    with pytest.raises(canary.Leak):
        canary.check_redis(wiring.redis)
    wiring.redis.flushall()


def test_a_job_of_ours_is_none(wiring):
    RedisQueue(wiring.redis).start(Job.SEND, 7)

    canary.check_redis(wiring.redis)
    assert wiring.redis.llen(f"rq:queue:{TEXTS}") == 1


def test_the_canary_hears_a_leak_in_a_log():
    trap, log = canary.LogTrap(), logging.Logger("of the tests")  # noqa: LOG001 - hears nobody else
    log.addHandler(trap)

    log.warning("texted %s", PHONE)
    try:
        raise ValueError(PHONE)  # noqa: TRY301 - only its traceback matters
    except ValueError:
        log.exception("broke")
    log.warning("texted %s", 7)

    assert len(trap.leaks) == 2
