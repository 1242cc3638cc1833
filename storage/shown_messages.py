"""Messages as people of the console may read them: masked, and without what is sealed."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, or_, select

from storage.correction_rows import DISCIPLINE, LEFT_OUT
from storage.correction_tables import CORRECTIONS
from storage.database import Database
from storage.tables import INBOX, PREDICTIONS, TICKETS

_C, _T = CORRECTIONS.c, TICKETS.c


class SqlShownMessages:
    """The words behind numbers of messages; `sealed` is the code of the discipline channel."""

    def __init__(self, database: Database, sealed: str = "discipline") -> None:
        self._database = database
        secret = or_(_T.owner == sealed, and_(_T.confidential, _T.matter == DISCIPLINE))
        read = select(PREDICTIONS.c.inbox_id).join(TICKETS, _T.number == PREDICTIONS.c.ticket)
        belongs = select(INBOX.c.id).join(TICKETS, _T.number == INBOX.c.ticket)
        self._sealed = or_(
            read.where(PREDICTIONS.c.inbox_id == _C.inbox_id, secret).exists(),
            belongs.where(INBOX.c.id == _C.inbox_id, secret).exists(),
        )

    async def texts(self, inbox_ids: Sequence[int]) -> dict[int, str]:
        """The masked text of each; missing: left out, sealed since, or not taken up yet."""
        query = select(_C.inbox_id, _C.text).where(
            _C.inbox_id.in_(list(inbox_ids)), _C.state != LEFT_OUT, ~self._sealed
        )
        async with self._database.read() as connection:
            return {row.inbox_id: row.text for row in await connection.execute(query)}
