"""The flat row of a message: with several matters all groups, and the rest of the first."""

from __future__ import annotations

from liandong.reading import flat, read
from tests.services.town import Town


async def test_flat__several_matters_list_their_groups_and_describe_the_first() -> None:
    town = Town()
    text = "高壁村路灯坏了，另外石槽村低保没发，另外垃圾没人收"
    found = read(town.office, text, await town.reader.understand(text))
    row = flat(town.office, found)
    assert (row.pred_group, row.pred_n_matters) == ("infrastructure|livelihood", 3)
    assert (row.pred_matter, row.pred_village) == ("street_lamp", "高壁")
    assert [place.village_code is not None for _, place, _ in found.parts] == [True, True, False]


async def test_flat__danger_and_secrecy_of_any_part_count() -> None:
    town = Town()
    text = "高壁村路灯坏了，另外高壁村着火了，另外支书贪了钱"
    row = flat(town.office, read(town.office, text, await town.reader.understand(text)))
    assert (row.pred_urgent, row.pred_confidential) == (1, 1)
    assert row.pred_group == "infrastructure|emergency|discipline"


async def test_flat__one_matter_is_what_it_was() -> None:
    town = Town()
    text = "高壁村路灯坏了"
    row = flat(town.office, read(town.office, text, await town.reader.understand(text)))
    assert (row.pred_group, row.pred_n_matters) == ("infrastructure", 1)
