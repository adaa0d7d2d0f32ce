"""Checks the signed statement of a bundle with libraries that share nothing with ours.

The envelope is read and its signature verified by `securesystemslib` (DSSE) and by `cryptography` over an encoding
written out here; the statement is parsed and validated by `in-toto-attestation`. Usage: envelope.py BAG KEY.pem
"""

import base64
import hashlib
import json
import sys
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from google.protobuf import json_format
from in_toto_attestation.v1 import statement_pb2
from in_toto_attestation.v1.statement import Statement
from securesystemslib.dsse import Envelope
from securesystemslib.signer import SSlibKey

bag, pem = Path(sys.argv[1]), Path(sys.argv[2])
public = load_pem_public_key(pem.read_bytes())
envelope = json.loads((bag / "statement.dsse.json").read_bytes())
payload = base64.b64decode(envelope["payload"], validate=True)
assert payload == (bag / "statement.json").read_bytes(), "the envelope holds another statement"
assert envelope["payloadType"] == "application/vnd.in-toto+json"
assert len(envelope["signatures"]) == 1

# The encoding of the DSSE specification, written out: type and payload with their lengths in bytes.
kind = envelope["payloadType"].encode()
encoded = b" ".join([b"DSSEv1", str(len(kind)).encode(), kind, str(len(payload)).encode(), payload])
signature = base64.b64decode(envelope["signatures"][0]["sig"], validate=True)
public.verify(signature, encoded)

# The same by the library, encoding and signature.
library = Envelope.from_dict(json.loads(json.dumps(envelope)))
assert library.pae() == encoded
key = SSlibKey.from_crypto(public, keyid=envelope["signatures"][0]["keyid"])
assert len(library.verify([key], 1)) == 1

# Bytes and types that were not signed do not pass.
for other in (encoded[:-1], encoded + b"\n", encoded.replace(b"in-toto", b"in-tota", 1), payload):
    try:
        public.verify(signature, other)
    except InvalidSignature:
        continue
    sys.exit("a signature over other bytes was accepted")

# An in-toto Statement v1, whose digests are those of the files.
statement = json.loads(payload)
Statement.copy_from_pb(json_format.Parse(payload, statement_pb2.Statement())).validate()
predicate = statement["predicate"]
listed = {entry["name"]: entry["digest"]["sha256"]
          for part in (statement["subject"], predicate["inputs"], predicate["frameworks"]) for entry in part}
files = {path.relative_to(bag).as_posix(): path for path in (bag / "data").rglob("*") if path.is_file()}
assert set(listed) == set(files), set(listed) ^ set(files)
for name, path in files.items():
    assert hashlib.sha256(path.read_bytes()).hexdigest() == listed[name], name
for key_name in ("tool", "entity", "period", "asOf", "findings", "withheld"):
    assert key_name in predicate, key_name
print(f"the signature holds over {len(files)} files")
