"""Validates the RO-Crate of a bundle with `rocrate-validator`, without a network.

The validator fetches the context of RO-Crate 1.1 from the web. Here it gets the copy that the `rocrate` package of
version 0.9.0 holds, which is the same document.
"""

import json
import sys
from pathlib import Path

import rdflib.plugins.shared.jsonld.context as jsonld
import rocrate_validator.services as services
from rocrate_validator.models import Severity, ValidationSettings
from rocrate_validator.utils.http import HttpRequester

URL = "https://w3id.org/ro/crate/1.1/context"
CONTEXT = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
assert CONTEXT["@id"] == URL, CONTEXT["@id"]


class Answer:
    status_code = 200
    ok = True
    headers = {"Content-Type": "application/ld+json"}
    text = json.dumps(CONTEXT)
    content = text.encode()

    @staticmethod
    def json():
        return CONTEXT


def get(_self, url, **_kwargs):
    assert url.startswith(URL), f"asked for {url}"
    return Answer()


real = jsonld.source_to_json
jsonld.source_to_json = lambda source, *rest: (CONTEXT, None) if str(source).startswith(URL) else real(source, *rest)
HttpRequester.get = get
result = services.validate(
    ValidationSettings(
        rocrate_uri=sys.argv[1],
        profile_identifier="ro-crate-1.1",
        requirement_severity=Severity.REQUIRED,
        disable_inherited_profiles_issue_reporting=True,
    )
)
for issue in result.get_issues():
    print(issue.severity.name, issue.message)
sys.exit(1 if result.has_issues() else 0)
