"""The written forms under which people name a division."""

from __future__ import annotations

from routing.divisions import Division
from routing.places.numerals import DIGITS

_TO_DIGIT = str.maketrans({numeral: str(value) for numeral, value in DIGITS.items()})
_REGION_ENDINGS = (
    "壮族自治区",
    "回族自治区",
    "维吾尔自治区",
    "自治区",
    "特别行政区",
    "地区",
    "省",
    "市",
    "区",
    "县",
)


def written_forms(division: Division) -> dict[str, float]:
    """Each form with the confidence that it means this division, 0..1.

    The official name (高壁村村民委员会) is no form of its own: it is the short name and a suffix.
    """
    forms = {division.short_name: 1.0}
    stem = _stem(division)
    if len(stem) > 1:
        forms.setdefault(stem, 0.95)
    for form, confidence in list(forms.items()):
        forms.setdefault(form.translate(_TO_DIGIT), confidence)
    return forms


def _stem(division: Division) -> str:
    if division.level == "village":
        return division.stem
    if division.level == "township":
        return division.stem
    for ending in _REGION_ENDINGS:
        if division.short_name.endswith(ending) and len(division.short_name) > len(ending) + 1:
            return division.short_name.removesuffix(ending)
    return division.short_name
