"""The gate's report on an exam, with the sentences that changed."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from liandong.settings import Settings
from liandong.training.names import intent_names
from liandong.training.project import Project
from liandong.training.sentences import data_change, kept_sentences, taught
from nlu.dataset import read_dataset
from nlu.gate_file import read_gate_rules
from services.learning.examined import Examination
from services.learning.gate import Judged
from services.learning.gate_report import DataChange, GateReport, report_of
from services.office import Office


def made_report(
    settings: Settings,
    project: Project,
    office: Office,
    new: Examination,
    old: Examination | None,
    now: datetime,
) -> GateReport:
    """Blocks for a second. What `new` learnt is what was kept beside it, else the project's."""
    learnt = kept_sentences(settings, new.model)
    if learnt is None:
        learnt = taught(read_dataset(project.data))
    names = intent_names(office)
    examples: Counter[str] = Counter()
    for (intent, _, _), count in learnt.items():
        examples[intent] += count
    changes = DataChange(known=False)
    if old is not None:
        changes = data_change(kept_sentences(settings, old.model), learnt, names)
    case = Judged(new, old, examples, names)
    return report_of(case, read_gate_rules(project.gate), changes, now.isoformat())
