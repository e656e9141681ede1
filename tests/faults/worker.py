"""A worker that dies at named points, as often as its seed says: `python -m tests.faults.worker`.

The points are those after which a careless system loses a text or doubles it.
"""

import asyncio
import os
import random
import signal

from rapidresponse import logs
from rapidresponse.actions import deliveries, expansion, outcomes, settling
from rapidresponse.sms.twilio import TwilioProvider
from workers import worker

CHANCE = float(os.environ.get("FAULTS_CHANCE", "0"))
CHOICE = random.Random(os.environ.get("FAULTS_SEED", "0"))


def maybe_die(point, chance):
    if CHOICE.random() < chance * CHANCE:
        print(f"died {point}", flush=True)
        os.kill(os.getpid(), signal.SIGKILL)


def before(module, name, point, chance):
    """Die before a function does its work."""
    real = getattr(module, name)

    def deadly(*args, **kwargs):
        maybe_die(point, chance)
        return real(*args, **kwargs)

    setattr(module, name, deadly)


def after(module, name, point, chance):
    """Die after a function did its work, and before it is committed."""
    real = getattr(module, name)

    def deadly(*args, **kwargs):
        result = real(*args, **kwargs)
        maybe_die(point, chance)
        return result

    setattr(module, name, deadly)


def around_the_call():
    """Die before the carrier hears, after it took the text and before it answers, and after."""
    real = TwilioProvider.send

    async def deadly(self, text):
        maybe_die("after the intent, before the call", 0.002)
        asked = asyncio.ensure_future(real(self, text))
        await asyncio.sleep(0.01)
        maybe_die("after the carrier took it, before it answered", 0.002)
        answer = await asked
        maybe_die("after the answer, before it is written", 0.002)
        return answer

    TwilioProvider.send = deadly  # type: ignore[method-assign]  # this worker is meant to die


if __name__ == "__main__":
    before(deliveries, "intend", "before the intent", 0.02)
    after(deliveries, "intend", "in the intent, before its commit", 0.02)
    before(outcomes, "record", "before the result", 0.01)
    after(outcomes, "record", "in the result, before its commit", 0.01)
    after(expansion, "_cut", "in the middle of the expansion", 0.2)
    before(settling, "settle", "in the middle of settling", 0.3)
    around_the_call()
    logs.begin()
    worker.run()
