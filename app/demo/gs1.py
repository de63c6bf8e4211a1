"""GS1 keys of the demo shop, with right check digits, and the URIs that EPCIS events name things by."""

from app.traceability.epcis.gs1_keys import check_digit

_GTIN_COMPANY = 6_971_000  # GS1 China issues prefixes 690 to 699
_GLN_COMPANY = 6_979_900
_DIGITAL_LINK = "https://id.gs1.org"
_CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's 32: none is mistaken for another
_CODE_BITS = 30


def gtin14(company: int, item: int) -> str:
    """The GTIN-13 of a company's item (below 100,000), with the leading zero of the 14 digit form."""
    body = f"{_GTIN_COMPANY + company:07d}{item:05d}"
    return f"0{body}{check_digit(body)}"


def gln13(location: int) -> str:
    """The location number of the demo's n-th place."""
    body = f"{_GLN_COMPANY:07d}{location:05d}"
    return body + check_digit(body)


def lot_code(lot_id: int) -> str:
    """A code that no two lots share and that does not betray how many there are."""
    mixed = (lot_id * 387_420_489 + 97_531) % (1 << _CODE_BITS)  # an odd factor permutes the numbers below 2^30
    letters = (_CODE_LETTERS[(mixed >> shift) & 31] for shift in range(_CODE_BITS - 5, -1, -5))
    return "YG" + "".join(letters)


def lot_uri(gtin: str, code: str) -> str:
    """The Digital Link of a lot of a trade item."""
    return f"{_DIGITAL_LINK}/01/{gtin}/10/{code}"


def place_uri(gln: str, part: str | None = None) -> str:
    """The Digital Link of a location, or of a part of it."""
    return f"{_DIGITAL_LINK}/414/{gln}" + (f"/254/{part}" if part else "")


def truck_uri(number: int) -> str:
    """The Digital Link of a refrigerated lorry, an individual asset."""
    return f"{_DIGITAL_LINK}/8004/{_GLN_COMPANY}TRUCK{number:02d}"
