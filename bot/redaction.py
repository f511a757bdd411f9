"""What is taken out of a question before it is kept: whatever could lead to a person.

Names cannot be found reliably by rule, so the asker is told not to give any, and nothing links a question to its asker.
"""

from __future__ import annotations

import re

_PHONE = re.compile(
    r"(?<![\w.£-])(?:(?:\+|00)44[\s-]?(?:\(0\)[\s-]?)?|\(0(?=\d)|0(?=[1-9]))\d{1,4}\)?(?:[\s-]?\d){6,8}(?!\d)"
)
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("[person]", re.compile(r"<@[UW][A-Z0-9]+(?:\|[^>]*)?>|(?<![\w@])@[a-z0-9][a-z0-9._-]+", re.IGNORECASE)),
    ("[email]", re.compile(r"(?<![\w.+'-])[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")),
    ("[link]", re.compile(r"<?(?:https?://|www\.)[^\s<>|]+(?:\|[^>]*)?>?", re.IGNORECASE)),
    ("[secret]", re.compile(r"\b(?:xox[a-z]|xapp|sk|ghp|AKIA)[-_A-Za-z0-9]{8,}")),
    ("[insurance number]", re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2}\s?(?:\d{2}\s?){3}[A-D]\b", re.IGNORECASE)),
    ("[card or account]", re.compile(r"\b(?:\d[ -]?){12,18}\d\b|\b\d{2}-\d{2}-\d{2}\s+\d{8}\b")),
    ("[phone]", _PHONE),
    ("[postcode]", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b", re.IGNORECASE)),
    ("[name]", re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Cllr|Councillor)\.?\s+[A-Z][\w'-]+(?:\s+[A-Z][\w'-]+)?")),
)


def redact(text: str) -> str:
    """The text with addresses, numbers, links and titled names replaced by what they were, in brackets."""
    for label, pattern in _PATTERNS:
        text = pattern.sub(label, text)
    return text
