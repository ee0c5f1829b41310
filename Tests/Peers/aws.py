"""S3, CloudFront and STS of moto on one loopback port the system chose.

Its arguments are the names of buckets to make. Prints one line of JSON when it answers, and ends when its standard input is
closed. On the second port GET /invalidations says what CloudFront was told to forget, oldest first, and GET /buckets/<name>
how a bucket is set up.
"""

import http.server
import json
import logging
import os
import sys
import threading

os.environ.update(AWS_ACCESS_KEY_ID="any", AWS_SECRET_ACCESS_KEY="any", AWS_DEFAULT_REGION="us-east-1",
                  AWS_EC2_METADATA_DISABLED="true")

import boto3  # noqa: E402  (it reads the environment)
from moto.server import ThreadedMotoServer  # noqa: E402


def main():
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    s3 = boto3.client("s3", endpoint_url=endpoint)
    for name in sys.argv[1:]:
        s3.create_bucket(Bucket=name)
    cloudfront = boto3.client("cloudfront", endpoint_url=endpoint)
    distribution = cloudfront.create_distribution(DistributionConfig={
        "CallerReference": "test", "Comment": "", "Enabled": True,
        "Origins": {"Quantity": 1, "Items": [{
            "Id": "site", "DomainName": "site.s3-website-us-east-1.amazonaws.com", "S3OriginConfig": {
                "OriginAccessIdentity": ""}}]},
        "DefaultCacheBehavior": {
            "TargetOriginId": "site", "ViewerProtocolPolicy": "allow-all",
            "ForwardedValues": {"QueryString": False, "Cookies": {"Forward": "none"}}}})["Distribution"]["Id"]

    def invalidations():
        listed = cloudfront.list_invalidations(DistributionId=distribution)["InvalidationList"].get("Items", [])
        batches = [cloudfront.get_invalidation(DistributionId=distribution, Id=one["Id"])["Invalidation"]
                   for one in sorted(listed, key=lambda one: one["CreateTime"])]
        return [{"reference": one["InvalidationBatch"]["CallerReference"],
                 "paths": sorted(one["InvalidationBatch"]["Paths"]["Items"])} for one in batches]

    def setup(bucket):
        found = {}
        for name, call in [("website", s3.get_bucket_website), ("cors", s3.get_bucket_cors),
                           ("access", s3.get_public_access_block), ("policy", s3.get_bucket_policy),
                           ("versioning", s3.get_bucket_versioning)]:
            try:
                found[name] = call(Bucket=bucket)
                del found[name]["ResponseMetadata"]
            except s3.exceptions.ClientError:
                found[name] = None
        if found["policy"]:
            found["policy"] = json.loads(found["policy"]["Policy"])
        return found

    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, *arguments):
            pass

        def do_GET(self):
            _, kind, *name = self.path.split("/")
            found = invalidations() if kind == "invalidations" else setup(*name)
            body = json.dumps(found, sort_keys=True).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    side = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=side.serve_forever, daemon=True).start()
    print(json.dumps({"endpoint": endpoint, "distribution": distribution,
                      "side": f"http://127.0.0.1:{side.server_address[1]}"}), flush=True)
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
