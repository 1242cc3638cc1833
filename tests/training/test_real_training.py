"""A project that lies apart from the code, trained by Rasa itself, from the queue to the gate."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from liandong.training.runner import run_job
from liandong.training.tools import Tools
from nlu.fingerprint import fingerprint
from nlu.rasa_env import rasa_python
from services.learning.gate_report_json import report_from_json
from services.learning.jobs import JobState
from tests.nlu.project import ROOT
from tests.training.conftest import Place
from tests.training.test_runner import half_archives, queued
from tests.training.tiny import MATTERS


async def test_real__a_tiny_project_becomes_a_model_that_answers(
    place: Place, tools: Tools
) -> None:
    settings = place.settings.model_copy(update={"rasa_python": rasa_python(ROOT)})
    real = replace(tools, settings=settings)
    job = await run_job((await queued(tools)).id, real, asyncio.Event())
    assert (job.state, job.model) == (JobState.DONE, f"nlu-{fingerprint(place.project)}")
    made = await tools.models.model(job.model or "")
    assert made is not None
    assert (set(made.intents), made.rasa) == (set(MATTERS), "3.6.21")
    report = report_from_json(made.report)
    assert report is not None and half_archives(place) == []
    exam = {finding.check: finding.passed for finding in report.findings}
    assert exam["must_pass"] and exam["exam_sentences"] and exam["overall"]


def test_real__the_shipped_model_keeps_its_name() -> None:
    """A changed name would make everybody train anew."""
    assert fingerprint(ROOT) == "a8160a1f73f2e53e"
