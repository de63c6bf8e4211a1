"""Reading GS1 EPCIS 2.0 documents: bytes in, events and precise refusals out; no database and no network."""
