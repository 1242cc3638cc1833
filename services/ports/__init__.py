"""What the use cases need of the world. Adapters fulfil these protocols; twins in memory too."""

from services.ports.coordination import Locks, RateLimit, Wakeups
from services.ports.delivery import Outbox, Sender
from services.ports.duty import DutyBook
from services.ports.inbox import Inbox
from services.ports.outside import Clock, FileSource, MediaStore, Understander, Wording
from services.ports.pages import Desk, Mailbox
from services.ports.records import (
    DUTY_TOPIC,
    NOTHING_KNOWN,
    AliasProposal,
    CadreChat,
    DueClock,
    FileItem,
    InboxItem,
    Line,
    OutboxItem,
    PredictionRecord,
    Receipt,
    SentRef,
)
from services.ports.unit_of_work import UnitOfWork, UnitOfWorkFactory

__all__ = [
    "DUTY_TOPIC",
    "NOTHING_KNOWN",
    "AliasProposal",
    "CadreChat",
    "Clock",
    "Desk",
    "DueClock",
    "DutyBook",
    "FileItem",
    "FileSource",
    "Inbox",
    "InboxItem",
    "Line",
    "Locks",
    "Mailbox",
    "MediaStore",
    "Outbox",
    "OutboxItem",
    "PredictionRecord",
    "RateLimit",
    "Receipt",
    "Sender",
    "SentRef",
    "Understander",
    "UnitOfWork",
    "UnitOfWorkFactory",
    "Wakeups",
    "Wording",
]
