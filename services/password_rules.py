"""What a password of the console must be. Pure.

Long rather than intricate, nothing that everybody tries first, and no forced change: the advice of
NIST SP 800-63B §3.1.1.2.
"""

from __future__ import annotations

import unicodedata

from routing.errors import LiandongError

SHORTEST = 10
LONGEST = 128
_OWN_PART = 6
"""Characters that must be left when the account's name is taken out."""
_FEWEST_DIFFERENT = 4
_COMMON = frozenset(
    "1234567890 0123456789 1234567891 12345678910 0987654321 9876543210 1122334455 "
    "1029384756 1234512345 1231231231 5201314520 1314520520 13145201314 "
    "qwertyuiop asdfghjkl; 1qaz2wsx3edc qazwsxedcrfv 1q2w3e4r5t 1qaz@wsx#edc qwerty12345 "
    "password12 password123 passw0rd123 p@ssw0rd123 password1234 admin12345 admin123456 "
    "administrator adminadmin admin@1234 root123456 test123456 "
    "woaini1314 woaini5201314 wodemima123 aini1314520 zhongguo123 "
    "liandong123 liandong2026 liandong12345 iloveyou123 abcd123456 abc1234567 a123456789 "
    "aa123456789 abcdefghij 111111111a letmein123 welcome123".split()
)


class WeakPassword(LiandongError):
    """这个密码太容易猜，请换一个。"""


def normal(password: str) -> str:
    """The password as it is hashed: one spelling of what looks alike on any keyboard."""
    return unicodedata.normalize("NFKC", password)


def check_password(password: str, name: str) -> None:
    """Raise `WeakPassword` with a sentence that says what to change."""
    wanted = normal(password)
    if len(wanted) < SHORTEST:
        raise WeakPassword(f"密码太短，至少要 {SHORTEST} 个字符。")
    if len(wanted) > LONGEST:
        raise WeakPassword(f"密码太长，最多 {LONGEST} 个字符。")
    bare = wanted.casefold()
    if bare in _COMMON or len(set(bare)) < _FEWEST_DIFFERENT:
        raise WeakPassword
    if len(bare.replace(name.casefold(), "")) < _OWN_PART:
        raise WeakPassword("密码不能就是账号名，请换一个。")
