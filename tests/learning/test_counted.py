"""Counting the sentence files once for every change."""

from __future__ import annotations

from services.learning.counted import CountedOnce
from services.learning.edits import Count


class Files:
    asked = 0

    async def counts(self) -> dict[str, Count]:
        self.asked += 1
        return {"road": Count(self.asked)}


async def test_counts__are_read_again_only_after_a_change() -> None:
    files, stamps = Files(), ["a"]
    counted = CountedOnce(files, lambda: stamps[-1])
    await counted.counts()
    assert (await counted.counts())["road"] == Count(1)
    stamps.append("b")
    assert (await counted.counts())["road"] == Count(2)
