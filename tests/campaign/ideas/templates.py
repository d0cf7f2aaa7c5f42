"""Ideas about the Word document that is given as --template: it lends its looks, and nothing that somebody wrote or drew in it."""

import re
import zipfile

import docx
from common import Fault

from .shared import VALE, run, told

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
TYPE = '<Override PartName="/{}" ContentType="application/vnd.openxmlformats-officedocument.{}+xml"/></Types>'
NOTES = '<w:{0}s xmlns:w="{1}"><w:{0} w:id="0"><w:p><w:r><w:t>SECRET</w:t></w:r></w:p></w:{0}></w:{0}s>'
PROPERTIES = '<Properties xmlns="{0}/custom-properties" xmlns:vt="{0}/docPropsVTypes"><property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="x"><vt:lpwstr>SECRET</vt:lpwstr></property></Properties>'
TRACKED = """<w:p><w:pPr><w:pPrChange w:id="5" w:author="SECRET" w:date="2026-01-01T00:00:00Z"><w:pPr/></w:pPrChange></w:pPr>
<w:moveFrom w:id="3" w:author="SECRET"><w:r><w:t>SECRET</w:t></w:r></w:moveFrom><w:moveTo w:id="4" w:author="SECRET"><w:r><w:t>Our board</w:t></w:r></w:moveTo></w:p>
<w:tbl><w:tblPr><w:tblPrChange w:id="8" w:author="SECRET"><w:tblPr/></w:tblPrChange></w:tblPr><w:tblGrid><w:gridCol w:w="100"/></w:tblGrid><w:tr><w:trPr><w:ins w:id="7" w:author="SECRET"/></w:trPr>
<w:tc><w:tcPr><w:cellIns w:id="9" w:author="SECRET"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl><w:p/></w:hdr>"""
STYLE = '<w:style w:type="paragraph" w:styleId="Ours"><w:name w:val="Ours"/><w:pPr><w:pPrChange w:id="11" w:author="SECRET"><w:pPr/></w:pPrChange></w:pPr></w:style></w:styles>'


def _parts(name: str) -> dict[str, bytes]:
    with zipfile.ZipFile(name) as parts:
        return {one: parts.read(one) for one in parts.namelist()}


def _told(parts: dict[str, bytes]) -> list[str]:
    """What of a template with these parts is in the public paper."""
    with zipfile.ZipFile("t.docx", "w") as made:
        for name, raw in parts.items():
            made.writestr(name, raw)
    if not any(b"SECRET" in raw for raw in parts.values()):
        raise AssertionError("the template holds nothing")
    done = run("audit", VALE, "--public", "-f", "docx=o.docx", "--template", "t.docx")
    if done.code not in (0, 1):
        raise AssertionError(done.said)
    return [f"{name} is in the paper" for name, raw in _parts("o.docx").items() if b"SECRET" in raw]


def _with(part: str, content: bytes | str, kind: str, owner: str = "word/_rels/document.xml.rels", type_: str = "") -> list[str]:
    """What is in the paper of a board paper's template to which Word has added a part."""
    run("audit", VALE, "-f", "docx=base.docx")
    parts = _parts("base.docx")
    target = part.removeprefix("word/") if owner.startswith("word/") else part
    link = f'<Relationship Id="rIdX" Type="{OFFICE}/relationships/{kind}" Target="{target}"/></Relationships>'
    parts[owner] = parts[owner].replace(b"</Relationships>", link.encode())
    added = TYPE.format(part, type_) if type_ else '<Default Extension="png" ContentType="image/png"/></Types>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", added.encode())
    return _told(parts | {part: content.encode() if isinstance(content, str) else content})


def notes_of_a_template() -> Fault:
    """Comments and footnotes of a template are not in the paper."""
    said = [_with(f"word/{one}s.xml", NOTES.format(one, WORD), f"{one}s", type_=f"wordprocessingml.{one}s") for one in ("comment", "footnote")]
    return told([one for some in said for one in some])


def pictures_of_a_template() -> Fault:
    """A picture that stood in the text of a template is not in the paper."""
    return told(_with("word/media/x.png", b"\x89PNG\r\n\x1a\nSECRET", "image"))


def properties_of_a_template() -> Fault:
    """Properties that somebody added to a template, and its company, are not in the paper."""
    said = _with("docProps/custom.xml", PROPERTIES.format(OFFICE), "custom-properties", "_rels/.rels", "custom-properties")
    docx.Document().save("base.docx")
    parts = _parts("base.docx")
    parts["docProps/app.xml"] = re.sub(rb"<Company.*?</Properties>", b"<Company>SECRET</Company></Properties>", parts["docProps/app.xml"], flags=re.DOTALL)
    return told(said + _told(parts))


def first_page_of_a_template() -> Fault:
    """The small picture of its first page that Word keeps is not in the paper."""
    docx.Document().save("base.docx")
    return told(_told({name: b"\xff\xd8SECRET" if "thumbnail" in name else raw for name, raw in _parts("base.docx").items()}))


def changes_in_a_template() -> Fault:
    """Tracked changes in the page header and the styles of a template name nobody in the paper."""
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "Board of Directors"
    made.save("base.docx")
    parts = _parts("base.docx")
    header = next(name for name in parts if name.startswith("word/header"))
    said = []
    for name, end, added in ((header, b"</w:hdr>", TRACKED), ("word/styles.xml", b"</w:styles>", STYLE)):
        said += _told(parts | {name: parts[name].replace(end, added.encode())})
    return told(said)
