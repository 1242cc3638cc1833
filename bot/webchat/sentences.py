"""What the web chat itself says when it cannot take something. Never quotes what was sent."""

from __future__ import annotations

MAX_CHARACTERS = 2000

TOO_LONG = f"这段话太长了，一次最多 {MAX_CHARACTERS} 个字。请分几次发。"
EMPTY = "还没有写内容。请写一句话，说说是什么事、在哪里。"
UNREADABLE = "这条没有看懂，请刷新页面再发一次。"
NO_FILE = "没有收到照片，请再选一次。"
FILE_TOO_LARGE = "文件太大了，最大 10 MB。请拍小一点再发。"
FILE_KIND = "这里只能发照片和录音。别的文件请带到村里的便民服务中心。"
BAD_PLACE = "没有得到您的位置，请把地方写在话里，比如哪个村、几组。"
NOT_SAVED = "现在没有收下来，请过一会儿再发一次。"
NO_SUCH_CHAT = "这个网址不完整，请从头打开。"
