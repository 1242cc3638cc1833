"""Days as cadres write them. Today is Monday, 23 November 2026."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.duty_days import NoSuchDay, read_days

TODAY = date(2026, 11, 23)


def days(text: str) -> tuple[str, str] | None:
    found = read_days(text, TODAY)
    return (f"{found.first:%m-%d}", f"{found.last:%m-%d}") if found else None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12月3日", "12-03"),
        ("12月3号", "12-03"),
        ("12月03", "12-03"),
        ("十二月三日", "12-03"),
        ("十二月三十一号", "12-31"),
        ("12-03", "12-03"),
        ("12/3", "12-03"),
        ("12.3", "12-03"),
        ("2026-12-03", "12-03"),
        ("2026年12月3日", "12-03"),
        ("１２月３日", "12-03"),
        ("今天", "11-23"),
        ("今晚", "11-23"),
        ("现在", "11-23"),
        ("明天", "11-24"),
        ("后天", "11-25"),
        ("大后天", "11-26"),
        ("周三", "11-25"),
        ("周一", "11-23"),
        ("星期天", "11-29"),
        ("礼拜六", "11-28"),
        ("本周五", "11-27"),
        ("下周三", "12-02"),
        ("下个星期日", "12-06"),
        ("下下周一", "12-07"),
        ("上周五", "11-20"),
        ("周3", "11-25"),
        ("25号", "11-25"),
        ("5日", "12-05"),
        ("三号", "12-03"),
        ("11月20日", "11-20"),
    ],
)
def test_day(text: str, day: str) -> None:
    assert days(f"请假 {text} 家里有事") == (day, day)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("12月3日到12月5日", "12-03", "12-05"),
        ("12月3日至5日", "12-03", "12-05"),
        ("12月3-5日", "12-03", "12-05"),
        ("12月3日-5日", "12-03", "12-05"),
        ("12月3日—12月5日", "12-03", "12-05"),
        ("12-03到12-05", "12-03", "12-05"),
        ("12.3-12.5", "12-03", "12-05"),
        ("12/3 ~ 12/5", "12-03", "12-05"),
        ("2026-12-03 到 2026-12-05", "12-03", "12-05"),
        ("十二月三日到五日", "12-03", "12-05"),
        ("从12月3号到12月5号", "12-03", "12-05"),
        ("3-5号", "12-03", "12-05"),
        ("3号到5号", "12-03", "12-05"),
        ("明天到后天", "11-24", "11-25"),
        ("下周一到周三", "11-30", "12-02"),
        ("周五到下周一", "11-27", "11-30"),
        ("周五至周日", "11-27", "11-29"),
        ("12月30日到1月2日", "12-30", "01-02"),
        ("30日到2日", "11-30", "12-02"),
        ("12月3日起三天", "12-03", "12-05"),
        ("明天请假两天", "11-24", "11-25"),
        ("三天", "11-23", "11-25"),
        ("12月5日到12月3日", "12-05", "12-03"),
    ],
)
def test_range(text: str, first: str, last: str) -> None:
    assert days(text) == (first, last)


@pytest.mark.parametrize("text", ["", "替班 李示例", "电话13800000009", "0357-6823456", "周会"])
def test_no_day__is_none(text: str) -> None:
    assert days(text) is None


@pytest.mark.parametrize(
    "text", ["2月30日", "13月1日", "12月32日", "2026-02-29", "9999-12-31", "0号", "45号"]
)
def test_day__that_no_calendar_has(text: str) -> None:
    with pytest.raises(NoSuchDay) as raised:
        days(text)
    assert raised.value.words == text


def test_year__is_the_nearest_one() -> None:
    december = date(2026, 12, 20)
    found = [read_days(text, december) for text in ("1月5日", "11月30日", "12月3日")]
    assert [each.first for each in found if each] == [
        date(2027, 1, 5), date(2026, 11, 30), date(2026, 12, 3),
    ]  # fmt: skip


def test_year__of_a_leap_day() -> None:
    found = read_days("2月29日", date(2027, 12, 1))
    assert found is not None and found.first == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("text", "part", "clock", "rest"),
    [
        ("12月3日 李示例", "", None, "李示例"),
        ("12月3日上午 李示例", "morning", None, "李示例"),
        ("明天下午看病", "afternoon", None, "看病"),
        ("现在 家里有事", "now", None, "家里有事"),
        ("12月3日 18:00 李示例", "", time(18), "李示例"),
        ("12月3日8点半 李示例", "", time(8, 30), "李示例"),
        ("12月3日24:00", "", time(0), ""),
        ("12月3日25:99", "", None, ""),
        ("换12月3日的班给李示例", "", None, "换 的班给李示例"),
    ],
)
def test_rest__is_what_is_left(text: str, part: str, clock: time | None, rest: str) -> None:
    found = read_days(text, TODAY)
    assert found is not None
    assert (found.part, found.clock, " ".join(found.rest.split())) == (part, clock, rest)


@given(st.dates(TODAY, TODAY + timedelta(days=170)), st.integers(0, 170))
def test_written_out__is_read_back(first: date, more: int) -> None:
    last = first + timedelta(days=more)
    for form in ("{0.month}月{0.day}日", "{0:%Y-%m-%d}", "{0.month}-{0.day}", "{0:%m/%d}"):
        found = read_days(f"请假 {form.format(first)} 到 {form.format(last)}，替班 李示例", TODAY)
        assert found is not None
        assert (found.first, found.last) == (first, last)


@given(st.text(max_size=40))
def test_any_text__is_read_or_refused(text: str) -> None:
    try:
        found = read_days(text, TODAY)
    except NoSuchDay:
        return
    assert found is None or 2000 <= found.first.year <= 2100
