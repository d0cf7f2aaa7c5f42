"""What stays of the organisation's own Word document in a board paper: its looks, header and footer, and nothing else of it."""

import io
import re
import struct
import subprocess
import zipfile
import zlib

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from pypdf import PdfReader

from conftest import EXAMPLES
from engagecheck import Style, run_audit
from engagecheck.papers import word
from machine import libreoffice
from reporters_varied import REGISTRY

VALE = run_audit(EXAMPLES / "harbour-vale.json", REGISTRY)
OFFICE = RT.HEADER.removesuffix("header")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
IN_THE_BODY = [
    "comments", "footnotes", "endnotes", "image", "package", "oleObject", "chart", "diagramData", "customXml", "glossaryDocument", "webSettings",
    "people", "commentsExtended", "aFChunk", "printerSettings", "attachedToolbars", "stylesWithEffects",
]  # fmt: skip
OF_THE_FILE = ["extended-properties", "custom-properties", "metadata/thumbnail", "digital-signature/origin", "customXml"]
SETTINGS = """<w:evenAndOddHeaders/>,<w:docVars><w:docVar w:name="SECRET" w:val="SECRET"/></w:docVars>,<w:attachedTemplate r:id="rIdS"/>,
<w:writeProtection w:hash="SECRET"/>,<w:rsids><w:rsidRoot w:val="SECRET"/></w:rsids>,<w:mailMerge><w:query w:val="SECRET"/></w:mailMerge>"""
HEADER = f"""<w:p {nsdecls("w", "r", "a")}>
<w:ins w:id="1" w:author="SECRET"><w:r><w:t>Board of Directors</w:t></w:r></w:ins>
<w:del w:id="2" w:author="SECRET"><w:r><w:delText>SECRET</w:delText></w:r></w:del>
<w:r><w:rPr><w:b/><w:rPrChange w:id="3" w:author="SECRET"><w:rPr/></w:rPrChange></w:rPr><w:t>, in bold</w:t></w:r>
<w:commentRangeStart w:id="0"/><w:commentRangeEnd w:id="0"/><w:permStart w:id="4" w:ed="SECRET"/><w:permEnd w:id="4"/>
<w:hyperlink r:id="rIdL"><w:r><w:t>our site</w:t></w:r></w:hyperlink>
<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata r:id="rIdK" r:href="rIdF"/><v:textbox><w:txbxContent><w:p><w:r><w:t>in a box</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>
<w:r><w:object><v:shape xmlns:v="urn:schemas-microsoft-com:vml" id="SECRET"><v:imagedata r:id="rIdI"/></v:shape><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" r:id="rIdO"/></w:object></w:r>
<w:r><w:drawing><a:blip r:embed="rIdK"><a:extLst><a:ext uri="effect"><w:x r:embed="rIdW"/></a:ext></a:extLst></a:blip></w:drawing></w:r>
<w:fldSimple w:instr=" DOCPROPERTY  Class "><w:r><w:t>Sensitive</w:t></w:r></w:fldSimple><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>
<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DOCVARIABLE Class </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>
</w:p>"""


def add(found, to, kind, name, content=b"<x>SECRET</x>", content_type="application/xml", key=""):
    part = Part(PackURI(name), content_type, content, found.part.package)
    kind = kind if ":" in kind else f"{OFFICE}{kind}"
    to.rels.add_relationship(kind, part, key or f"rIdX{len(to.rels)}")


def elements(text):
    return [parse_xml(re.sub(r"(/?>)", rf" {nsdecls('w', 'r')}\1", one.strip(), count=1)) for one in text.split(",")]


def secretive():
    """A document that says SECRET in every place that Word knows, with a header, a footer and a bullet that are to stay."""
    found = docx.Document()
    main, header, settings = found.part, found.sections[0].header, found.part._settings_part
    found.add_paragraph("SECRET")
    found.add_picture(picture("SECRET body"))
    found.part.relate_to("https://SECRET.example", RT.HYPERLINK, is_external=True)
    for name in ("author", "category", "comments", "content_status", "identifier", "keywords", "last_modified_by", "subject", "title", "version"):
        setattr(found.core_properties, name, "SECRET")
    found.core_properties.revision = 77
    for kind in IN_THE_BODY:
        add(found, main, kind, f"/word/body{kind}.bin")
    for kind in OF_THE_FILE:
        name = kind if "metadata" not in kind and "signature" not in kind else f"http://schemas.openxmlformats.org/package/2006/relationships/{kind}"
        add(found, main.package, name, f"/docProps/{kind.replace('/', '-')}.bin")
    settings.rels.add_relationship(f"{OFFICE}attachedTemplate", "file:///C:/SECRET.dotx", "rIdS", is_external=True)
    settings.element.extend(elements(SETTINGS))
    header._element.append(parse_xml(HEADER))
    header.part.rels.add_relationship(RT.HYPERLINK, "https://ours.example", "rIdL", is_external=True)
    header.part.rels.add_relationship(RT.IMAGE, "file:///C:/SECRET.png", "rIdF", is_external=True)
    add(found, header.part, "image", "/word/media/kept.png", picture("KEPT").getvalue(), "image/png", "rIdK")
    add(found, header.part, "image", "/word/media/preview.png", picture("SECRET").getvalue(), "image/png", "rIdI")
    add(found, header.part, "hdphoto", "/word/media/effect.wdp", key="rIdW")
    add(found, header.part, "oleObject", "/word/embeddings/o.bin", key="rIdO")
    add(found, main.part_related_by(RT.FONT_TABLE), "font", "/word/fonts/font1.odttf", b"FONT")
    add(found, main.part_related_by(RT.THEME), "image", "/word/media/fill.png", picture("FILL").getvalue(), "image/png")
    add(found, found.part.numbering_part, "image", "/word/media/bullet.png", picture("BULLET").getvalue(), "image/png", "rIdB")
    found.part.numbering_part.element.insert(0, parse_xml(f'<w:numPicBullet {nsdecls("w", "r")} w:numPicBulletId="0"><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata r:id="rIdB"/></v:shape></w:pict></w:numPicBullet>'))
    found.sections[0].footer.paragraphs[0].text = "Official"
    found.element.insert(0, parse_xml(f'<w:background {nsdecls("w", "r")} w:color="FFEEDD"><v:background xmlns:v="urn:schemas-microsoft-com:vml"><v:fill r:id="rIdP" title="SECRET"/></v:background></w:background>'))
    section = found.sections[0]._sectPr
    section.extend(elements('<w:printerSettings r:id="rIdP"/>,<w:sectPrChange w:id="9" w:author="SECRET"/>'))
    later = found.add_section()
    later.header.is_linked_to_previous = False
    later.header.paragraphs[0].text = "SECRET later"
    out = io.BytesIO()
    found.save(out)
    return out.getvalue()


def picture(note):
    """A picture of one dot with a note in it."""
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)), (b"tEXt", b"Comment\0" + note.encode()), (b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b""))
    packed = (struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks)
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + b"".join(packed))


def parts(raw):
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


TEMPLATE = secretive()
PAPER = REGISTRY.reporters["docx"].render(VALE, Style(template=TEMPLATE))


def test_nothing_but_looks_header_and_footer_of_a_template_is_in_the_paper():
    telling = {name for name, content in parts(TEMPLATE).items() if b"SECRET" in content}
    assert len(telling) > len(IN_THE_BODY) + len(OF_THE_FILE) + 8
    assert not [name for name, content in parts(PAPER).items() if b"SECRET" in content]
    assert {re.sub(r"\d", "", name) for name in parts(PAPER)} == {
        "[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/document.xml", "word/_rels/document.xml.rels", "word/styles.xml", "word/settings.xml",
        "word/fontTable.xml", "word/_rels/fontTable.xml.rels", "word/fonts/font.odttf",
        "word/theme/theme.xml", "word/theme/_rels/theme.xml.rels", "word/media/fill.png", "word/numbering.xml", "word/_rels/numbering.xml.rels", "word/media/bullet.png",
        "word/header.xml", "word/_rels/header.xml.rels", "word/media/kept.png", "word/footer.xml",
    }  # fmt: skip
    assert REGISTRY.reporters["docx"].render(VALE, Style(template=TEMPLATE)) == PAPER


def test_every_property_of_the_paper_is_its_own():
    properties = docx.Document(io.BytesIO(PAPER)).core_properties
    assert properties.author.startswith("engagecheck ")
    assert properties.title.endswith(VALE.subject.name)
    named = (properties.category, properties.comments, properties.content_status, properties.identifier, properties.keywords, properties.last_modified_by, properties.version)
    assert (set(named), properties.revision) == ({""}, 1)


def test_page_header_and_footer_keep_picture_link_box_and_fields_and_name_nobody():
    found = docx.Document(io.BytesIO(PAPER))
    header, footer = found.sections[0].header, found.sections[0].footer
    shown = "".join(one.text for one in header._element.iter(qn("w:t")))
    assert shown == "Board of Directors, in boldour sitein a boxSensitive1"
    assert footer.paragraphs[0].text == "Official"
    assert {(one.reltype, one.is_external) for one in header.part.rels.values()} == {(RT.IMAGE, False), (RT.HYPERLINK, True)}
    assert [len(one.findall(f".//{qn('a:ext')}")) for one in header._element.iter(qn("a:blip"))] == [0]
    assert header.part.rels["rIdK"].target_part.blob == picture("KEPT").getvalue()
    fields = [one for one in header._element.iter(qn("w:fldSimple"), qn("w:fldChar")) if one.get(qn("w:fldCharType")) != "end"]
    assert [one.get(qn("w:fldLock")) for one in fields] == ["true", None, "true"]
    assert found.element[0].get(qn("w:color")) == "FFEEDD"
    assert found.settings.odd_and_even_pages_header_footer is True


def test_every_relation_that_the_paper_names_is_there():
    for part in docx.Document(io.BytesIO(PAPER)).part.package.iter_parts():
        text = part.blob.decode("utf-8", "replace") if part.partname.endswith(".xml") else ""
        named = set(re.findall(r'\br:[a-z]+="([^"]+)"', text))
        assert named <= set(part.rels), part.partname


def test_libreoffice_prints_header_and_footer_of_the_template(tmp_path):
    (tmp_path / "paper.docx").write_bytes(PAPER)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run([libreoffice("writer"), profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "paper.docx"], check=True, capture_output=True, timeout=300)
    text = PdfReader(tmp_path / "paper.pdf").pages[0].extract_text()
    assert "Board of Directors" in text
    assert "Sensitive" in text
    assert VALE.subject.name in text


@pytest.mark.parametrize("kind", ["styles", "numbering", "settings", "header", "footer"])
def test_a_part_of_a_template_that_is_not_what_it_says_is_left_out(kind):
    wrong = {**parts(TEMPLATE)}
    wrong["[Content_Types].xml"] = wrong["[Content_Types].xml"].replace(f"{WORD}.{kind}+xml".encode(), b"application/xml")
    assert wrong["[Content_Types].xml"] != parts(TEMPLATE)["[Content_Types].xml"]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in wrong.items():
            archive.writestr(name, content)
    assert word.opened(out.getvalue()).sections
    made = REGISTRY.reporters["docx"].render(VALE, Style(template=out.getvalue()))
    assert docx.Document(io.BytesIO(made)).paragraphs
