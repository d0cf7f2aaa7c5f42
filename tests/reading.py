"""How long the sentences of a text are, and which words no reader should stumble over."""

import re

UNWANTED = re.compile(
    r"\b(?:of whom|anew|thereof|whereof|lies? (?:after|before)|stands? beside|beside it|so it is|is not a date here|late: None"
    r"|left to you|say so too|hold good|of its like|is there anything to remark|which day does|for how many of them does"
    r"|by which short|whatever stands|stands twice|are listed, of|its own choice|is made anew|not so for"
    r"|made? afresh|whoever that is|none is called|makes no difference to|be said of)\b",
    re.IGNORECASE,
)
"""Words and turns that readers stumbled over, each for its kind."""
CODE = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b|(?<![\w./:])/[a-z_]+(?:/[a-z_0-9*]+)+|\bNone\b(?! of)|\b(?:True|False)\b")
"""A path or a code, where the words of the form belong."""


def prose_of_markdown(page: str) -> list[str]:
    """The paragraphs and list items of a page, without code, tables, headings and addresses."""
    page = re.sub(r"```.*?```|<!--.*?-->", "", page, flags=re.DOTALL)
    page = re.sub(r"^(?: {4,}\S.*|\|.*|#.*)$", "", page, flags=re.MULTILINE)
    page = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", page)
    page = re.sub(r"^\s*(?:[*-]|\d+\.) ", "\n\n", page, flags=re.MULTILINE)
    return [" ".join(part.split()) for part in page.split("\n\n") if part.strip()]


def sentences(paragraphs: list[str]) -> list[str]:
    """The sentences of paragraphs. A full stop inside a number, a name of a file or an address ends none."""
    found = [one for part in paragraphs for one in re.split(r"(?<=[.?!])[*”\"')]*\s+(?=[\"“*'(`A-Z0-9])", part)]
    return [one for one in found if re.search(r"[a-z]{2}", one)]


def mean_length(paragraphs: list[str]) -> float:
    """The mean number of words of a sentence."""
    counts = [len(one.split()) for one in sentences(paragraphs)]
    return sum(counts) / len(counts)
