"""Counts with DuckDB on THREADS threads: duckdb_count.py FORMAT FILE THREADS

One scan takes what counts into a table, of the columns that are needed alone; a text is searched only
if a number sign is in it; what a tag is, is asked once for each that was delivered.
"""
import sys

import duckdb

import rules

form, path, threads = sys.argv[1:]
columns = {
    "jetstream": """{did: 'VARCHAR', time_us: 'BIGINT', account: 'STRUCT(active BOOLEAN, status VARCHAR)',
        commit: 'STRUCT(rev VARCHAR, operation VARCHAR, collection VARCHAR, rkey VARCHAR,
            record STRUCT("text" VARCHAR, tags VARCHAR[], labels STRUCT("values" STRUCT(val VARCHAR)[]),
                facets STRUCT(features STRUCT("$type" VARCHAR, tag VARCHAR)[])[]))'}""",
    "v1": """{id: 'BIGINT', "text": 'VARCHAR', "user": 'STRUCT(id BIGINT)', possibly_sensitive: 'BOOLEAN',
        retweeted_status: 'STRUCT(id BIGINT)', entities: 'STRUCT(hashtags STRUCT("text" VARCHAR)[])',
        extended_tweet: 'STRUCT(entities STRUCT(hashtags STRUCT("text" VARCHAR)[]))',
        "delete": 'STRUCT(status STRUCT(id BIGINT))'}""",
}[form]
# Each row: the post's id, its version, a deletion or the version's author, time and tags.
scan = {
    "jetstream": r"""
        select (did, commit.rkey) as id, commit.rev as revision, did as author, time_us as time,
            commit.operation = 'delete' as is_deletion, account.status as removal,
            list_has_any(list_transform(commit.record.labels."values", lambda label: label.val),
                ['porn', 'sexual', 'nudity', 'graphic-media']) as is_sensitive,
            case when commit.record.facets is null and commit.record.tags is null
                then case when contains(commit.record."text", '#') or contains(commit.record."text", '＃')
                    then list_transform(
                        regexp_extract_all(commit.record."text",
                            '(?:^|\s)[#＃]([^\s\x{ad}\x{2060}\x{200a}-\x{200d}\x{20e2}]+)', 1),
                        lambda tag: regexp_replace(tag, '\p{P}+$', '')) end
                else list_concat(
                    list_transform(
                        list_filter(
                            flatten(list_transform(commit.record.facets, lambda facet: facet.features)),
                            lambda feature: feature."$type" = 'app.bsky.richtext.facet#tag'),
                        lambda feature: feature.tag),
                    commit.record.tags) end as tags
        from events
        where commit.collection = 'app.bsky.feed.post' or account.active = false""",
    "v1": """
        select coalesce("delete".status.id, id) as id, null::varchar as revision, "user".id as author,
            0 as time, "delete" is not null as is_deletion, null as removal,
            possibly_sensitive as is_sensitive,
            list_transform(
                case when extended_tweet is null then entities.hashtags
                    else extended_tweet.entities.hashtags end,
                lambda hashtag: hashtag."text") as tags
        from events
        where "delete" is not null or "text" is not null and retweeted_status is null""",
}[form]
database = duckdb.connect(config={"threads": int(threads)})
database.execute(f"""
    create temp table versions as
    with events as (select * from read_json('{path}', format = 'newline_delimited',
            columns = {columns}, maximum_object_size = 8388608, ignore_errors = true))
    {scan}""")
database.execute("""
    create temp table uses as
    with removals as (select author, max(time) as removed from versions
            where removal in ('deleted', 'takendown', 'suspended') group by 1),
        posts as (select id, arg_max((author, time, is_sensitive, tags), revision)
                filter (not is_deletion) as post, max(revision) filter (not is_deletion) as revision,
            max(revision) filter (is_deletion) as deleted
            from versions where removal is null and revision is not null group by id),
        tweets as (select id, any_value((author, time, is_sensitive, tags))
                filter (not is_deletion) as post, bool_or(is_deletion) as is_deleted
            from versions where revision is null and removal is null group by id),
        held as (select id, unnest(post) from posts
                where post is not null and (deleted is null or revision >= deleted)
            union all select id, unnest(post) from tweets where post is not null and not is_deleted),
        kept as (select held.* from held left join removals on held.element1 = removals.author
            where (removed is null or held.element2 > removed) and element3 is distinct from true)
    select id, element1 as author, unnest(element4) as tag from kept""")
tags = [row[0] for row in database.execute("select distinct tag from uses").fetchall()]
rows = database.execute("""
    with keys as (select unnest($tags) as tag, unnest($keys) as key),
        named as (select distinct id, author, key from uses join keys using (tag) where key is not null),
        spam as (select id from named group by 1 having count(*) > 10)
    select key, count(*) as posts, count(distinct author) as accounts
    from named anti join spam using (id)
    group by 1 order by accounts desc, posts desc, key limit 20""",
    {"tags": tags, "keys": [rules.key(tag) for tag in tags]}).fetchall()
for row in rows:
    print("%s,%d,%d" % row)
