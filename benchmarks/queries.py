"""How many statements of the record a text costs, and which: `python -m benchmarks.queries`."""

import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa

import workers.jobs
from rapidresponse import bundled
from rapidresponse.config import Config
from rapidresponse.sms.practice.client import PracticeLine
from rapidresponse.store import database
from rapidresponse.wiring import wire
from tests.network import Network
from tests.servers import CarrierThread, carrier_settings

PEOPLE = 5000
SHOWN = 12


def main():
    with tempfile.TemporaryDirectory(prefix="rr-queries-") as home:
        config = Config.from_env({"DATA_DIR": home, "SENDER_RATE": "0"})
        database.upgrade(config.database)
        server = bundled.start(Path(home))
        carrier = CarrierThread(carrier_settings(config))
        wiring = wire(replace(config, twilio_api_url=carrier.url))
        try:
            counted = count(wiring, PracticeLine(carrier.url, config.twilio_auth_token))
        finally:
            workers.jobs.sender().close()
            wiring.close()
            carrier.stop()
            bundled.stop(server, Path(home))
    print(f"{sum(counted.values())} statements for {PEOPLE} texts, from the report to the result:")
    print(f"{sum(counted.values()) / PEOPLE:.3f} a text, transactions' own words left out")
    for words, times in counted.most_common(SHOWN):
        print(f"{times:5}  {words}")


def count(wiring, line):
    workers.jobs.wiring = lambda: wiring  # type: ignore[assignment]  # these, not the environment's
    line.knobs(callbacks=False)
    network = Network(wiring, line)
    network.people(PEOPLE)
    partner = network.partner()
    counted: Counter[str] = Counter()

    def heard(_connection, _cursor, statement, *_):
        if not statement.startswith("BEGIN"):
            counted[" ".join(statement.split())[:70]] += 1

    sa.event.listen(wiring.database.engine, "before_cursor_execute", heard)
    partner.report()
    network.run()
    assert line.totals()["accepted"] == PEOPLE
    return counted


if __name__ == "__main__":
    main()
