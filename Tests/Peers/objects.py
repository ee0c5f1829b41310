"""Prints every object of a bucket as JSON: content (unpacked where it says gzip), type, caching, time. Arguments: endpoint, bucket, key id, secret.

Signs by itself (AWS Signature Version 4), so that what our own client stored is looked at by another one.
"""

import base64
import datetime
import gzip
import hashlib
import hmac
import json
import sys
import urllib.parse
import urllib.request
import xml.etree.ElementTree

ENDPOINT, BUCKET, KEY_ID, SECRET = sys.argv[1:]
EMPTY = hashlib.sha256(b"").hexdigest()


def get(path, query=()):
    now = datetime.datetime.now(datetime.timezone.utc)
    time, day = now.strftime("%Y%m%dT%H%M%SZ"), now.strftime("%Y%m%d")
    path = urllib.parse.quote(path, safe="/-._~")
    query = urllib.parse.urlencode(sorted(query), quote_via=urllib.parse.quote, safe="-._~")
    headers = {"host": urllib.parse.urlsplit(ENDPOINT).netloc, "x-amz-content-sha256": EMPTY, "x-amz-date": time}
    names = ";".join(headers)
    canonical = "\n".join(["GET", path, query, *(f"{n}:{v}" for n, v in headers.items()), "", names, EMPTY])
    scope = f"{day}/us-east-1/s3/aws4_request"
    text = "\n".join(["AWS4-HMAC-SHA256", time, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    key = ("AWS4" + SECRET).encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    signature = hmac.digest(key, text.encode(), "sha256").hex()
    headers["Authorization"] = (
        f"AWS4-HMAC-SHA256 Credential={KEY_ID}/{scope}, SignedHeaders={names}, Signature={signature}")
    address = ENDPOINT + path + ("?" + query if query else "")
    return urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=20)


def keys():
    query = {"list-type": "2", "max-keys": "1000"}
    while True:
        page = xml.etree.ElementTree.fromstring(get(f"/{BUCKET}", query.items()).read())
        space = page.tag[:page.tag.index("}") + 1]
        for entry in page.findall(f"{space}Contents"):
            yield entry.findtext(f"{space}Key"), entry.findtext(f"{space}LastModified")
        following = page.findtext(f"{space}NextContinuationToken")
        if not following:
            return
        query["continuation-token"] = following


def main():
    objects = {}
    for key, modified in keys():
        with get(f"/{BUCKET}/{key}") as answer:
            content = answer.read()
            if answer.headers.get("Content-Encoding") == "gzip":
                content = gzip.decompress(content)
            objects[key] = {
                "type": answer.headers.get("Content-Type", ""),
                "cache": answer.headers.get("Cache-Control", ""),
                "modified": modified,
                "etag": answer.headers.get("ETag", ""),
                "bytes": base64.b64encode(content).decode(),
            }
    print(json.dumps(objects))


if __name__ == "__main__":
    main()
