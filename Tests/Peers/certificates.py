"""Certificates to test TLS with, in a folder of their own.

Prints the folder, and removes it when its standard input is closed. In it are ca.pem, an authority, and files of a key and a
certificate each: good.pem for 127.0.0.1 and localhost; expired.pem; names.pem for
*.tidemark.example; wrong-host.pem for elsewhere.example; self-signed.pem,
which the authority knows nothing of.
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile

KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
HERE = "subjectAltName=IP:127.0.0.1,DNS:localhost"


def openssl(*words, folder, **options):
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True, **options)


def certificate(folder, name, days="30", names=HERE):
    openssl("req", *KEY, "-keyout", "key", "-out", "request", "-subj", "/CN=test", folder=folder)
    (folder / "names").write_text(names)
    openssl("x509", "-req", "-in", "request", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", days,
            "-out", "certificate", "-extfile", "names", folder=folder)
    (folder / name).write_text((folder / "key").read_text() + (folder / "certificate").read_text())


def main():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="tidemark-certificates-"))
    try:
        openssl("req", "-x509", *KEY, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Test CA", "-days", "30",
                folder=folder)
        openssl("req", "-x509", *KEY, "-keyout", "key", "-out", "certificate", "-subj", "/CN=localhost", "-addext", HERE,
                "-days", "30", folder=folder)
        (folder / "self-signed.pem").write_text((folder / "key").read_text() + (folder / "certificate").read_text())
        certificate(folder, "good.pem")
        # Over before it began.
        certificate(folder, "expired.pem", days="-1")
        certificate(folder, "wrong-host.pem", names="subjectAltName=DNS:elsewhere.example")
        certificate(folder, "names.pem", names="subjectAltName=DNS:*.tidemark.example")
        print(folder, flush=True)
        sys.stdin.read()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
