"""What stays of the organisation's own Word document: looks, page, header and footer. All else is text, or about authors."""

from typing import Any

_KEPT = {
    "officeDocument": ("styles", "numbering", "theme", "fontTable", "settings", "header", "footer"),
    "header": ("image", "hyperlink"), "footer": ("image", "hyperlink"),
    "numbering": ("image",), "theme": ("image",), "fontTable": ("font",),
}  # fmt: skip
"""Which kinds of parts stay with a part of which kind. Comments, notes, properties and pictures of the body do not."""
_READ = ("styles", "numbering", "settings", "header", "footer")
_UNNAMED = ("styles", "numbering", "theme", "fontTable", "settings")
"""The kinds that a document has without naming them in its text."""
_SETTINGS = (
    "embedTrueTypeFonts", "saveSubsetFonts", "displayBackgroundShape", "mirrorMargins", "alignBordersAndEdges",
    "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter", "gutterAtTop", "defaultTabStop", "autoHyphenation",
    "consecutiveHyphenLimit", "hyphenationZone", "doNotHyphenateCaps", "evenAndOddHeaders", "defaultTableStyle",
    "characterSpacingControl", "strictFirstAndLastChars", "noLineBreaksAfter", "noLineBreaksBefore", "compat",
    "themeFontLang", "clrSchemeMapping", "decimalSymbol", "listSeparator",
)  # fmt: skip
"""The settings on which the looks of a page depend."""
_INSERTED = ("ins", "moveTo")
_MARKS = (
    "commentRangeStart", "commentRangeEnd", "commentReference", "permStart", "permEnd", "moveFromRangeEnd", "moveToRangeEnd",
    "customXmlInsRangeEnd", "customXmlDelRangeEnd", "customXmlMoveFromRangeEnd", "customXmlMoveToRangeEnd",
)  # fmt: skip


def strip(document: Any) -> None:
    """Take out of a document without text in its body all but what its styles, page, header and footer need."""
    from docx.opc.constants import RELATIONSHIP_TYPE as RT

    rels = document.part.package.rels
    _drop(rels, [key for key, one in rels.items() if one.reltype != RT.OFFICE_DOCUMENT])
    _strip(document.part, "officeDocument", {document.part})


def _strip(part: Any, kind: str, seen: set[Any]) -> None:
    root = getattr(part, "element", None)
    _drop(part.rels, [key for key, one in part.rels.items() if not _belongs(kind, one)])
    if root is not None:
        if kind == "settings":
            _remove(*(one for one in root if _name(one) not in _SETTINGS))
        _accept_changes(root)
        _lock_fields(root)
        for element in list(root.iter("*")):
            _cut_loose(element, part.rels)
        used = {value for element in root.iter("*") for value in _relations(element).values()}
        _drop(part.rels, [key for key, one in part.rels.items() if key not in used and _kind(one) not in _UNNAMED])
    for one in part.rels.values():
        if not one.is_external and one.target_part not in seen:
            seen.add(one.target_part)
            _strip(one.target_part, _kind(one), seen)


def _drop(rels: Any, keys: list[str]) -> None:
    """Forget relations. A part that none leads to is not saved."""
    for key in keys:
        del rels[key]


def _belongs(kind: str, one: Any) -> bool:
    """Whether a relation of a part of this kind stays. A part that must be read, and cannot, does not."""
    if _kind(one) not in _KEPT.get(kind, ()) or one.is_external != (_kind(one) == "hyperlink"):
        return False
    return _kind(one) not in _READ or hasattr(one.target_part, "element")


def _kind(one: Any) -> str:
    return str(one.reltype).rpartition("/relationships/")[2]


def _accept_changes(root: Any) -> None:
    """Accept the tracked changes, which name their authors, and take out the marks of comments and of permissions."""
    from docx.oxml.ns import qn

    for one in list(root.iter("*")):
        if _name(one) in _MARKS:
            _remove(one)
        elif one is not root and one.get(qn("w:author")) is not None:
            for inner in list(one) if _name(one) in _INSERTED else ():
                one.addprevious(inner)
            _remove(one)


def _lock_fields(root: Any) -> None:
    """Let a field that shows a property or variable of the document keep its last text, since Word would not find it."""
    from docx.oxml.ns import qn

    field = None
    for one in root.iter("*"):
        if one.get(qn("w:fldCharType")) == "begin" or _name(one) == "fldSimple":
            field = one
        code = one.get(qn("w:instr")) or (one.text if _name(one) == "instrText" else "") or ""
        if field is not None and code.split()[:1] in (["DOCPROPERTY"], ["DOCVARIABLE"]):
            field.set(qn("w:fldLock"), "true")


def _cut_loose(one: Any, kept: Any) -> None:
    """Take out what needs a part that did not stay, with the run of text that shows it."""
    from docx.oxml.ns import qn

    relations = _relations(one)
    lost = [name for name, key in relations.items() if key not in kept]
    if lost and len(lost) < len(relations):
        for name in lost:
            del one.attrib[name]
    elif lost:
        _remove(next(one.iterancestors(qn("w:r"), qn("a:ext")), one))


def _relations(one: Any) -> dict[str, str]:
    from docx.oxml.ns import qn

    return {name: key for name, key in one.attrib.items() if key and name.startswith(qn("r:"))}


def _name(one: Any) -> str:
    return str(one.tag).rpartition("}")[2]


def _remove(*elements: Any) -> None:
    for one in elements:
        if one.getparent() is not None:
            one.getparent().remove(one)
