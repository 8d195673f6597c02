"""The fixed parts of the .odt package."""

MIMETYPE = "application/vnd.oasis.opendocument.text"

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "office": f"{_ODF}office:1.0",
        "style": f"{_ODF}style:1.0",
        "text": f"{_ODF}text:1.0",
        "table": f"{_ODF}table:1.0",
        "meta": f"{_ODF}meta:1.0",
        "fo": f"{_ODF}xsl-fo-compatible:1.0",
        "svg": f"{_ODF}svg-compatible:1.0",
        "dc": "http://purl.org/dc/elements/1.1/",
    }.items()
)

MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="{_ODF}manifest:1.0" manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MIMETYPE}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
"""

META = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document-meta {NAMESPACES} office:version="1.3"><office:meta>
<dc:title>{{title}}</dc:title><meta:keyword>{{marker}}</meta:keyword>
<meta:creation-date>{{day}}T00:00:00</meta:creation-date><dc:date>{{day}}T00:00:00</dc:date><dc:language>zh-TW</dc:language>
</office:meta></office:document-meta>
"""


def _paragraph_style(name: str, points: int, align: str = "start", weight: str = "normal", after: str = "0mm") -> str:
    return (
        f'<style:style style:name="Report{name}" style:family="paragraph">'
        f'<style:paragraph-properties fo:text-align="{align}" fo:margin-top="0mm" fo:margin-bottom="{after}"/>'
        f'<style:text-properties fo:font-size="{points}pt" style:font-size-asian="{points}pt" '
        f'fo:font-weight="{weight}" style:font-weight-asian="{weight}"/></style:style>'
    )


_PARAGRAPH_STYLES = "\n".join(
    (
        _paragraph_style("Title", 18, "center", "bold", "1.5mm"),
        _paragraph_style("Facts", 12, "center", after="1.5mm"),
        _paragraph_style("Body", 12),
        _paragraph_style("Strong", 12, weight="bold"),
        _paragraph_style("Small", 10),
        _paragraph_style("Centred", 12, "center"),
        _paragraph_style("Box", 16, "center"),
        _paragraph_style("Head", 11, "center", "bold"),
    )
)

# 標楷體 is on every Windows in Traditional Chinese; the others are its stand-ins elsewhere.
STYLES = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document-styles {NAMESPACES} office:version="1.3">
<office:font-face-decls>
<style:font-face style:name="Latin" svg:font-family="Times New Roman;Liberation Serif" style:font-family-generic="roman"/>
<style:font-face style:name="Chinese"
 svg:font-family="標楷體;DFKai-SB;BiauKai;TW-Kai;AR PL UKai TW;Noto Serif CJK TC" style:font-family-generic="script"/>
</office:font-face-decls>
<office:styles>
<style:default-style style:family="paragraph">
<style:paragraph-properties style:text-autospace="ideograph-alpha" style:line-break="strict"/>
<style:text-properties style:font-name="Latin" style:font-name-asian="Chinese" style:font-name-complex="Latin"
 fo:font-size="12pt" style:font-size-asian="12pt" fo:language="zh" fo:country="TW"
 style:language-asian="zh" style:country-asian="TW"/>
</style:default-style>
{_PARAGRAPH_STYLES}
</office:styles>
<office:automatic-styles>
<style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="297mm" fo:page-height="210mm"
 style:print-orientation="landscape" fo:margin-top="15mm" fo:margin-bottom="8mm" fo:margin-left="15mm" fo:margin-right="15mm"/>
<style:footer-style><style:header-footer-properties fo:min-height="7mm" fo:margin-top="2mm"/></style:footer-style>
</style:page-layout>
</office:automatic-styles>
<office:master-styles>
<style:master-page style:name="Standard" style:page-layout-name="Page"><style:footer>
<text:p text:style-name="ReportCentred">{{before}}<text:page-number text:select-page="current">1</text:page-number>{{between}}<text:page-count>1</text:page-count>{{after}}</text:p>
</style:footer></style:master-page>
</office:master-styles>
</office:document-styles>
"""  # noqa: E501 - blanks in a paragraph would show
