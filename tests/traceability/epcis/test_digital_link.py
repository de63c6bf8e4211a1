"""GS1 Digital Links of any domain as keys."""

import pytest

from app.traceability.epcis import digital_link

LINKS = {
    "https://id.gs1.org/01/09780345418913": "01/09780345418913",
    "http://shop.example/01/9780345418913": "01/09780345418913",
    "https://shop.example/some/path/gtin/96385074/ser/GHB/": "01/00000096385074/21/GHB",
    "https://shop.example/gtin/9780345418913/cpv/3/lot/1223/ser/765tz?17=270101#top": "01/09780345418913/21/765tz",
    "https://shop.example/01/9780345418913/10/L%2F1": "01/09780345418913/10/L%2F1",
    "https://shop.example/01/9780345418913/10/L%2d1": "01/09780345418913/10/L-1",
    "https://shop.example/itip/040123451234560102/10/XYZ": "8006/040123451234560102/10/XYZ",
    "https://id.gs1.org/414/4280000000002/254/12": "414/4280000000002/254/12",
    "https://shop.example/party/4226350800008": "417/4226350800008",
    "https://id.gs1.org/00/340123453111111115": "00/340123453111111115",
    "https://id.gs1.org/8004/0180451111ABC987": "8004/0180451111ABC987",
    "https://id.gs1.org/253/4602443000331XYZ": "253/4602443000331XYZ",
    "https://id.gs1.org/8010/0628165987/8011/9876": "8010/0628165987/8011/9876",
}
NO_LINKS = [
    "https://id.gs1.org/01/97803",
    "https://id.gs1.org/01/9780345418913/99/utf",  # no such qualifier
    "https://id.gs1.org/01/9780345418913/10",  # a qualifier without a value
    "https://id.gs1.org/414/4280000000002/21/12",  # a qualifier of another key
    "https://shop.example/orders/401/7",  # an ordinary path
    "https://shop.example/",
    "urn:epc:id:sgtin:6901234.012345.1",
    "not a link",
]


@pytest.mark.parametrize("uri", LINKS)
def test_canonical_form_of_a_link(uri: str) -> None:
    """On id.gs1.org, by AI, with the finest level only and without query."""
    key = digital_link.parse(uri)
    assert key is not None
    assert key.digital_link == f"https://id.gs1.org/{LINKS[uri]}"


@pytest.mark.parametrize("uri", NO_LINKS)
def test_a_uri_that_is_no_link(uri: str) -> None:
    """A URI without a key in its path has none."""
    assert digital_link.parse(uri) is None


def test_the_domain_of_gs1() -> None:
    """Only there must every path be a Digital Link."""
    assert digital_link.is_gs1_domain("https://ID.GS1.org/anything")
    assert not digital_link.is_gs1_domain("https://id.gs1.org.example/01/1")
