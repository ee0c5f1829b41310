"""What gives credentials: STS, the metadata service of an EC2 instance and the agent of a container, on one port.

Each access key id has the secret "secret-of-<id>" and, if it is temporary, the token "token-of-<id>"; signatures are
checked. A role taken on by X gives the id "X.<role>", so that an id tells how it was come by. Roles of these names are
special: `denied` is refused, `guarded` wants the external id "between-us", `flaky` fails twice, `later` lives in a server
whose clock is two hours ahead, `short` ends after a minute, `garbled` gets no XML. The token of a web identity is
"web-token", that of a sign-in "sign-in", that of the container "container-token". GET /requests says what was asked so far. Prints its port, and ends
when its standard input is closed.
"""

import datetime
import hashlib
import hmac
import http.server
import json
import sys
import threading
import urllib.parse

REQUESTS = []
FAILURES = {}


def utc(seconds=0):
    return datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds)


def document(name, seconds=3600):
    return {"Code": "Success", "AccessKeyId": name, "SecretAccessKey": "secret-of-" + name, "Token": "token-of-" + name,
            "Expiration": utc(seconds).strftime("%Y-%m-%dT%H:%M:%SZ")}


def signer(headers, body, clock):
    """The access key id of a request that is signed for STS as it should be; else the code of the refusal."""
    fields = dict(part.strip().split("=", 1) for part in headers["Authorization"].split(" ", 1)[1].split(","))
    key_id, day, region, service, last = fields["Credential"].split("/")
    names = fields["SignedHeaders"].split(";")
    if (service, last) != ("sts", "aws4_request") or not {"host", "x-amz-date"} <= set(names):
        return None, "IncompleteSignature"
    stamp = datetime.datetime.strptime(headers["x-amz-date"] + "+0000", "%Y%m%dT%H%M%SZ%z")
    if abs((stamp - clock).total_seconds()) > 300:
        return None, "SignatureDoesNotMatch"
    if "." in key_id and headers["x-amz-security-token"] != "token-of-" + key_id:
        return None, "InvalidClientTokenId"
    lines = [f"{name}:{' '.join(headers[name].split())}" for name in names]
    canonical = "\n".join(["POST", "/", "", *lines, "", ";".join(names), hashlib.sha256(body).hexdigest()])
    scope = f"{day}/{region}/sts/aws4_request"
    text = "\n".join(["AWS4-HMAC-SHA256", headers["x-amz-date"], scope, hashlib.sha256(canonical.encode()).hexdigest()])
    key = ("AWS4secret-of-" + key_id).encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    good = hmac.digest(key, text.encode(), "sha256").hex() == fields["Signature"]
    return (key_id, None) if good else (None, "SignatureDoesNotMatch")


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def date_time_string(self, timestamp=None):
        return super().date_time_string(utc(7200 if getattr(self, "is_ahead", False) else 0).timestamp())

    def answer(self, status, text):
        self.send_response(status)
        body = text.encode()
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def note(self, what):
        REQUESTS.append(what)

    def do_PUT(self):
        self.note("PUT " + self.path)
        good = self.path == "/latest/api/token" and self.headers["x-aws-ec2-metadata-token-ttl-seconds"] == "21600"
        self.answer(200 if good else 400, "instance-token")

    def do_GET(self):
        if self.path == "/requests":
            return self.answer(200, json.dumps(REQUESTS))
        self.note("GET " + self.path)
        if self.path.startswith("/federation/credentials?"):
            query = dict(urllib.parse.parse_qsl(self.path.split("?")[1]))
            if self.headers["x-amz-sso_bearer_token"] != "sign-in":
                self.send_response(401)
                self.send_header("x-amzn-ErrorType", "UnauthorizedException:http://internal.amazon.com/coral/")
                self.send_header("Content-Length", "0")
                return self.end_headers()
            found = document(f"portal.{query['account_id']}.{query['role_name']}")
            return self.answer(200, json.dumps({"roleCredentials": {
                "accessKeyId": found["AccessKeyId"], "secretAccessKey": found["SecretAccessKey"],
                "sessionToken": found["Token"], "expiration": int(utc(3600).timestamp() * 1000)}}))
        if self.path.startswith("/container"):
            if self.headers["Authorization"] != "container-token":
                return self.answer(401, "")
            texts = {"/container": json.dumps(document("container.")), "/container/garbled": "<html>",
                     "/container/hollow": "{}"}
            return self.answer(200 if self.path in texts else 404, texts.get(self.path, ""))
        if self.headers["x-aws-ec2-metadata-token"] != "instance-token":
            return self.answer(401, "")
        folder = "/latest/meta-data/iam/security-credentials/"
        texts = {folder: "site role\nanother", folder + "site%20role": json.dumps(document("instance."))}
        self.answer(200 if self.path in texts else 404, texts.get(self.path, ""))

    def renew(self, fields):
        self.note("CreateToken " + fields["grantType"])
        good = fields == {"clientId": "client", "clientSecret": "hunter2", "grantType": "refresh_token",
                          "refreshToken": "again"}
        if good:
            return self.answer(200, json.dumps({"accessToken": "sign-in", "expiresIn": 3600, "refreshToken": "once more"}))
        self.send_response(400)
        self.send_header("x-amzn-ErrorType", "InvalidGrantException:http://internal.amazon.com/coral/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/token":
            return self.renew(json.loads(body))
        fields = dict(urllib.parse.parse_qsl(body.decode(), strict_parsing=True))
        role = fields["RoleArn"].split("/")[-1]
        self.note(f"{fields['Action']} {role} {fields['RoleSessionName'].split('-')[0]}")
        self.is_ahead = role == "later"
        if fields["Action"] == "AssumeRoleWithWebIdentity":
            caller, code = ("web", None) if fields["WebIdentityToken"] == "web-token" else (None, "InvalidIdentityToken")
            if "Authorization" in self.headers:
                code = "InvalidAction"
        else:
            caller, code = signer(self.headers, body, utc(7200 if self.is_ahead else 0))
        if role == "denied" or role == "guarded" and fields.get("ExternalId") != "between-us":
            code = code or "AccessDenied"
        if role == "flaky":
            FAILURES[role] = FAILURES.get(role, 0) + 1
            if FAILURES[role] <= 2:
                return self.answer(503, "")
        if role == "garbled":
            return self.answer(200, "<html>")
        if code:
            return self.answer(403, f'<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender'
                                    f"</Type><Code>{code}</Code><Message>not for {role}</Message></Error></ErrorResponse>")
        found = document(f"{caller}.{role}", 60 if role == "short" else 3600)
        action = fields["Action"]
        inner = "".join(f"<{name}>{found[key]}</{name}>" for name, key in [
            ("AccessKeyId", "AccessKeyId"), ("SecretAccessKey", "SecretAccessKey"), ("SessionToken", "Token"),
            ("Expiration", "Expiration")])
        self.answer(200, f'<{action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{action}Result>'
                         f"<Credentials>{inner}</Credentials></{action}Result></{action}Response>")


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
