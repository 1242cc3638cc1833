"""What the parts of the twin's unit of work share: the transaction."""

from __future__ import annotations

from storage.memory_state import State, Transaction


class MemoryPart:
    """Holds one open write transaction."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    @property
    def _state(self) -> State:
        return self._transaction.state
