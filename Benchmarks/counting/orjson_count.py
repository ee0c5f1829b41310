"""Counts with orjson as one would in a script: orjson_count.py FORMAT FILE"""
import sys

import orjson

import rules

count, event = rules.Count(), rules.formats[sys.argv[1]]
for line in open(sys.argv[2], "rb"):
    if not line.isspace():
        event(count, orjson.loads(line))
count.print_top()
