#pragma once
#include <librdkafka/rdkafka.h>

/// rd_kafka_producev, which takes a variable number of arguments. The value is copied.
static inline rd_kafka_resp_err_t tidemark_kafka_produce(
    rd_kafka_t *client, rd_kafka_topic_t *topic, const void *key, size_t key_length,
    const void *value, size_t length, int64_t milliseconds, void *opaque) {
    return rd_kafka_producev(
        client, RD_KAFKA_V_RKT(topic), RD_KAFKA_V_PARTITION(RD_KAFKA_PARTITION_UA),
        RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_KEY(key, key_length),
        RD_KAFKA_V_VALUE((void *)value, length), RD_KAFKA_V_TIMESTAMP(milliseconds),
        RD_KAFKA_V_OPAQUE(opaque), RD_KAFKA_V_END);
}
