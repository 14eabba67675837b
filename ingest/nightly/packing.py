"""Records as they travel from a child to the writer: JSON text, which can do nothing but be wrong.

A child has read a stranger's file; what it sends is checked against the schema like any input.
"""

import zlib

from pydantic import TypeAdapter

from ingest.records import Records

_ADAPTER = TypeAdapter(Records)


def records_to_bytes(records: Records) -> bytes:
    """Records as compact bytes."""
    return zlib.compress(_ADAPTER.dump_json(records), 1)


def bytes_to_records(data: bytes) -> Records:
    """The same records. Raises ValueError (pydantic's ValidationError) and zlib.error."""
    return _ADAPTER.validate_json(zlib.decompress(data))
