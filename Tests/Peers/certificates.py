"""Certificates of a test's own authority, good and bad ones.

`server(kind, folder)` gives a server's TLS settings and the path of the authority's certificate, which a client has to be told to trust.
"""

import datetime
import pathlib
import ssl

import trustme


def server(kind, folder):
    """`kind` is good, expired, wrong-host or self-signed; files go into `folder`."""
    authority = trustme.CA()
    host = "other.example" if kind == "wrong-host" else "127.0.0.1"
    past = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=1)
    issuer = trustme.CA() if kind == "self-signed" else authority
    certificate = issuer.issue_cert(host, "localhost" if kind == "good" else "www.other.example",
                                    not_after=past if kind == "expired" else None)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if kind == "self-signed":
        # An authority's own certificate, which nobody vouches for.
        path = pathlib.Path(folder) / "self-signed.pem"
        issuer.private_key_pem.write_to_path(path)
        issuer.cert_pem.write_to_path(path, append=True)
        context.load_cert_chain(path)
    else:
        certificate.configure_cert(context)
    trusted = pathlib.Path(folder) / "authority.pem"
    authority.cert_pem.write_to_path(trusted)
    return context, str(trusted)
