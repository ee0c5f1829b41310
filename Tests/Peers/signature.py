"""Checks signatures of AWS (SigV4) of requests, as services do: by the headers that they name, and the body."""

import hashlib
import hmac
import urllib.parse


def wrong(handler, body, keys, service):
    """The code of the error that a request's signature is answered with; None if it is right.

    `keys` has the secret of each access key's id."""
    given = handler.headers.get("Authorization", "")
    if not given.startswith("AWS4-HMAC-SHA256 "):
        return "MissingAuthenticationTokenException"
    parts = dict(part.strip().split("=", 1) for part in given.split(" ", 1)[1].split(","))
    identity, day, region, named, end = parts["Credential"].split("/")
    if identity not in keys:
        return "UnrecognizedClientException"
    path, _, query = handler.path.partition("?")
    pairs = sorted(urllib.parse.parse_qsl(query, keep_blank_values=True))
    names = parts["SignedHeaders"].split(";")
    if not {"host", "x-amz-date", "x-amz-target"} <= set(names) or named != service:
        return "IncompleteSignatureException"
    canonical = "\n".join([
        handler.command, urllib.parse.quote(path), urllib.parse.urlencode(pairs, quote_via=urllib.parse.quote),
        "".join(f"{name}:{' '.join(handler.headers.get(name, '').split())}\n" for name in names), ";".join(names),
        hashlib.sha256(body).hexdigest()])
    scope = f"{day}/{region}/{named}/{end}"
    text = "\n".join(["AWS4-HMAC-SHA256", handler.headers["x-amz-date"], scope,
                      hashlib.sha256(canonical.encode()).hexdigest()])
    key = ("AWS4" + keys[identity]).encode()
    for part in [day, region, named, end]:
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    right = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    return None if hmac.compare_digest(right, parts["Signature"]) else "InvalidSignatureException"
