"""EPC URNs of every scheme as canonical Digital Links."""

import pytest

from app.traceability.epcis import epc_urn

LINKS = {
    "urn:epc:id:sgtin:6901234.012345.98%22": "01/06901234123456/21/98%22",
    "urn:epc:id:sgtin:690123456789.0.A.B": "01/06901234567892/21/A.B",
    "urn:epc:id:sgtin:6901234.812345.67%2F!%3F()": "01/86901234123452/21/67%2F%21%3F%28%29",
    "urn:epc:id:upui:6901234.012345.51q)%3C*j7'S": "01/06901234123456/235/51q%29%3C%2Aj7'S",
    "urn:epc:id:itip:6901234.012345.01.02.987": "8006/069012341234560102/21/987",
    "urn:epc:id:sscc:6901234.3111111111": "00/369012341111111111",
    "urn:epc:id:sgln:6901234.00001.122": "414/6901234000016/254/122",
    "urn:epc:id:sgln:6901234.00001.0": "414/6901234000016",
    "urn:epc:id:sgln:690123400001..0": "414/6901234000016",
    "urn:epc:id:pgln:6901234.00001": "417/6901234000016",
    "urn:epc:id:pgln:690123400001.": "417/6901234000016",
    "urn:epc:id:grai:6901234.00001.334455": "8003/06901234000016334455",
    "urn:epc:id:giai:6901234.ABC%2F3": "8004/6901234ABC%2F3",
    "urn:epc:id:gsrn:6901234.0000000001": "8018/690123400000000018",
    "urn:epc:id:gsrnp:6901234.0000000001": "8017/690123400000000018",
    "urn:epc:id:gdti:6901234.00001.PO-1": "253/6901234000016PO-1",
    "urn:epc:id:gdti:690123400001..9": "253/69012340000169",
    "urn:epc:id:sgcn:6901234.00001.77": "255/690123400001677",
    "urn:epc:id:cpi:6901234.11-A%23%2F.1234": "8010/690123411-A%23%2F/8011/1234",
    "urn:epc:id:ginc:6901234.xyz%2F11": "401/6901234xyz%2F11",
    "urn:epc:id:gsin:6901234.000000001": "402/69012340000000016",
    "urn:epc:class:lgtin:6901234.012345.L-1": "01/06901234123456/10/L-1",
    "urn:epc:idpat:sgtin:6901234.012345.*": "01/06901234123456",
    "urn:epc:idpat:upui:6901234.012345.*": "01/06901234123456",
    "urn:epc:idpat:itip:6901234.012345.01.02.*": "8006/069012341234560102",
    "urn:epc:idpat:grai:6901234.00001.*": "8003/06901234000016",
    "urn:epc:idpat:gdti:6901234.00001.*": "253/6901234000016",
    "urn:epc:idpat:sgcn:6901234.00001.*": "255/6901234000016",
    "urn:epc:idpat:cpi:6901234.AB12.*": "8010/6901234AB12",
}
MALFORMED = [
    "urn:epc:id:sgtin:6901234.12345.1",  # a digit short
    "urn:epc:id:sgtin:6901234.012345",  # no serial number
    "urn:epc:id:sgtin:6901234.012345.",
    "urn:epc:id:sgtin:69012.01234567.1",  # company prefix too short
    "urn:epc:id:sgtin:6901234.01234A.1",
    "urn:epc:id:sgtin:6901234.012345." + "9" * 21,
    "urn:epc:id:sgtin:6901234.012345.%00",
    "urn:epc:id:sscc:6901234.0000000001.7",  # more than the scheme has
    "urn:epc:id:sgcn:6901234.00001.7A",
    "urn:epc:id:itip:6901234.012345.1.2.987",
    "urn:epc:id:cpi:6901234.ab.1",
    "urn:epc:id:cpi:6901234.AB.X",
    "urn:epc:id:giai:6901234.",
    "urn:epc:idpat:sgtin:6901234.012345.1",
]


@pytest.mark.parametrize("urn", LINKS)
def test_link_of_a_urn(urn: str) -> None:
    """The key with its check digit, and the qualifier percent-encoded as the event hash wants it."""
    key = epc_urn.parse(urn)
    assert key is not None
    assert key.digital_link == f"https://id.gs1.org/{LINKS[urn]}"


@pytest.mark.parametrize("urn", MALFORMED)
def test_a_urn_that_breaks_its_scheme(urn: str) -> None:
    """It has no key, although its scheme is known."""
    assert epc_urn.parse(urn) is None
    assert epc_urn.is_known(urn)


@pytest.mark.parametrize(
    "urn", ["urn:epc:id:gid:1.2.3", "urn:epc:idpat:sgtin:6901234.*.*", "urn:uuid:1", "urn:epc:id", "https://a.example/"]
)
def test_a_uri_without_a_gs1_key(urn: str) -> None:
    """It has no key, and need not have one."""
    assert epc_urn.parse(urn) is None
    assert not epc_urn.is_known(urn)
