"""What one would write: counts the hashtags of a topic's posts, to so many messages."""
import collections
import json
import sys

from confluent_kafka import Consumer, TopicPartition

broker, topic, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
consumer = Consumer({"bootstrap.servers": broker, "group.id": "bench", "enable.auto.commit": False,
                     "auto.offset.reset": "earliest", "receive.message.max.bytes": 1_000_000_000})
partitions = consumer.list_topics(topic, 20).topics[topic].partitions
consumer.assign([TopicPartition(topic, partition, 0) for partition in partitions])
authors, seen = collections.defaultdict(set), 0
while seen < count:
    for message in consumer.consume(1000, 5):
        seen += 1
        event = json.loads(message.value())
        commit = event.get("commit") or {}
        if commit.get("operation") == "create" and commit.get("collection") == "app.bsky.feed.post":
            record = commit["record"]
            tags = {tag.lower() for tag in record.get("tags") or []}
            for facet in record.get("facets") or []:
                tags |= {part["tag"].lower() for part in facet["features"] if "tag" in part}
            for tag in tags:
                authors[tag].add(event["did"])
for tag, people in sorted(authors.items(), key=lambda it: -len(it[1]))[:10]:
    print(tag, len(people))
consumer.close()
