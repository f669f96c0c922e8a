"""Strings that break careless writers: markup, script, formulas, property and header injection, paths, odd Unicode.

None holds a NUL or a lone surrogate in a place where a reader would have refused it; everything else is fair.
"""

from __future__ import annotations

HOSTILE: tuple[str, ...] = (
    "<script>window.__ran=1</script>",
    "</script><script>window.__ran=1</script>",
    "<img src=x onerror=window.__ran=1>",
    "<svg/onload=window.__ran=1>",
    "\"><a href='javascript:window.__ran=1'>새솔교</a>",
    "' onmouseover='window.__ran=1' x='",
    "javascript:window.__ran=1",
    "data:text/html,<script>window.__ran=1</script>",
    'https://evil.example/?q="><script>window.__ran=1</script>',
    "<a href='https://evil.example'>굵은 <b>글</b></a>",
    "&lt;b&gt; &amp; &quot; &#x27; 그대로",
    "%{x} %{customdata[0]} %{meta} ${window.__ran=1} {{ 7*7 }} {% raw %}",
    "<!-- --> <![CDATA[ ]]> <?xml version='1.0'?> <!DOCTYPE html>",
    "<style>body{display:none}</style><meta http-equiv=refresh content=0;url=//evil.example>",
    '=HYPERLINK("https://evil.example","눌러")',
    "+1+1|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    '쉼표, 세미;콜론, 역\\슬래시, "따옴표", C:\\New\\note',
    "끝\r\nATTENDEE:mailto:evil@example.test\r\nBEGIN:VALARM\r\nACTION:DISPLAY",
    "끝\nEND:VEVENT\nBEGIN:VEVENT\nUID:evil\nSUMMARY:끼어든 사건",
    "줄\rMETHOD:CANCEL",
    "../../../../etc/passwd",
    "..\\..\\boot.ini",
    'CON.txt:stream|?*<>"',
    "종\x07소리\x1b[31m붉은\x1b[0m 뒤로\x08 탭\t끝",
    "\u202e거꾸로 txt.exe\u202c \u200b\u200d\u2028\u2029\ufeff",
    "\u1112\u1161\u11ab\u1100\u1173\u11af 자모와 e\u0301",
    "👩‍👩‍👧‍👦🏳️‍🌈" * 12,
    "가" * 1000,
    "| 칸 | 나눔 | **굵게** [이음](javascript:window.__ran=1) `코드` # 제목\n- 목록",
    "__proto__",
    "</text><foreignObject><iframe src=javascript:window.__ran=1>",
    " ",
    "null",
)
