"""What one would write in Spark SQL: the authors of each hashtag, about as many as there are. usage: words.py FOLDER"""
import json
import sys

from pyspark.sql import SparkSession
from pyspark.sql.functions import approx_count_distinct, col, explode, from_json, lower

spark = SparkSession.builder.appName("words").getOrCreate()
spark.sparkContext.setLogLevel("OFF")
shape = ("did string, commit struct<operation string, collection string, record struct<facets array<struct<features "
         "array<struct<tag string>>>>>>")
rows = (
    spark.read.text(sys.argv[1]).select(from_json(col("value"), shape).alias("event"))
    .where("event.commit.operation = 'create' and event.commit.collection = 'app.bsky.feed.post'")
    .select("event.did", explode("event.commit.record.facets.features").alias("features"))
    .select("did", explode("features").alias("feature"))
    .select("did", lower(col("feature.tag")).alias("tag")).where("tag is not null")
    .groupBy("tag").agg(approx_count_distinct("did").alias("authors")).orderBy(col("authors").desc(), "tag").limit(100)
    .collect())
print(json.dumps([[row.tag, row.authors] for row in rows]))
spark.stop()
