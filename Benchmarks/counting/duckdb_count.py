"""Counts with DuckDB on THREADS threads: duckdb_count.py FORMAT FILE THREADS"""
import sys

import duckdb

form, path, threads = sys.argv[1:]
columns = {
    "jetstream": """{did: 'VARCHAR', commit: 'STRUCT("operation" VARCHAR, collection VARCHAR,
        record STRUCT(facets STRUCT(features STRUCT("$type" VARCHAR, tag VARCHAR)[])[]))'}""",
    "v1": """{entities: 'STRUCT(hashtags STRUCT("text" VARCHAR)[])', "user": 'STRUCT(id BIGINT)',
        retweeted_status: 'STRUCT(id BIGINT)'}""",
}[form]
uses = {
    "jetstream": """
        select did as author, unnest(flatten(list_transform(commit.record.facets,
            lambda facet: facet.features)), recursive := true)
        from events where commit.collection = 'app.bsky.feed.post' and commit.operation <> 'delete'""",
    "v1": """
        select "user".id as author, 'app.bsky.richtext.facet#tag' as "$type",
            unnest(entities.hashtags).text as tag
        from events where retweeted_status is null""",
}[form]
database = duckdb.connect(config={"threads": int(threads)})
rows = database.execute(f"""
    with events as (select * from read_json('{path}', format = 'newline_delimited',
            columns = {columns}, maximum_object_size = 8388608, ignore_errors = true)),
        uses as ({uses})
    select lower(tag), count(distinct author) as accounts from uses
    where "$type" = 'app.bsky.richtext.facet#tag' and tag is not null
    group by 1 order by 2 desc, 1 limit 20""").fetchall()
for tag, accounts in rows:
    print(f"{tag},{accounts}")
