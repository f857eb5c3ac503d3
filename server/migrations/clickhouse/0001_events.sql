-- Every fact once. The sort key and the partition use only what a retry repeats: the client's own uncorrected time
-- (clamped), never the corrected one. Duplicates collapse to the row received first (largest precedence).
CREATE TABLE IF NOT EXISTS events
(
    shop UInt32,
    identity UUID,
    sent_ts DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    message_hash UUID CODEC(NONE),
    ts DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    received_at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    source UInt32,
    kind LowCardinality(String),
    name LowCardinality(String),
    message_id String CODEC(ZSTD(1)),
    identity_kind LowCardinality(String),
    anonymous_id String CODEC(ZSTD(1)),
    user_id String CODEC(ZSTD(1)),
    session_id String CODEC(ZSTD(1)),
    url String CODEC(ZSTD(1)),
    path String CODEC(ZSTD(1)),
    referrer String CODEC(ZSTD(1)),
    utm_source LowCardinality(String),
    utm_medium LowCardinality(String),
    utm_campaign LowCardinality(String),
    utm_content String CODEC(ZSTD(1)),
    utm_term String CODEC(ZSTD(1)),
    click_id LowCardinality(String),
    order_id String CODEC(ZSTD(1)),
    amount Nullable(Int64),
    currency LowCardinality(String),
    properties String CODEC(ZSTD(1)),
    traits String CODEC(ZSTD(1)),
    context String CODEC(ZSTD(1)),
    original_time String CODEC(ZSTD(1)),
    marks Array(LowCardinality(String)),
    -- How what the person said felt, -1 … 1; a fact of the event.
    valence Nullable(Float64),
    channel LowCardinality(String),
    -- Derived by the shop's rules of the given version. A visit's first page is two contacts: the way by which the
    -- visitor came (arrival) and the page (touchpoint). `measured` is the value of the touchpoint's standard `measure`.
    arrival LowCardinality(String),
    touchpoint LowCardinality(String),
    stage LowCardinality(String),
    measure LowCardinality(String),
    measured Nullable(Float64),
    rules_version UInt32,
    lane UInt32,
    seq UInt64 CODEC(DoubleDelta, ZSTD(1)),
    precedence UInt64 CODEC(DoubleDelta, ZSTD(1)),
    INDEX ts_range ts TYPE minmax GRANULARITY 1,
    INDEX received_range received_at TYPE minmax GRANULARITY 1,
    INDEX seq_range seq TYPE minmax GRANULARITY 1,
    INDEX lane_set lane TYPE set(16) GRANULARITY 4
)
ENGINE = ReplacingMergeTree(precedence)
PARTITION BY toYYYYMM(sent_ts)
ORDER BY (shop, identity, sent_ts, message_hash)
SETTINGS
    fsync_after_insert = 1,
    fsync_part_directory = 1,
    non_replicated_deduplication_window = 1000;

-- The narrow table in which a suspected repeat is confirmed by its message id alone.
CREATE TABLE IF NOT EXISTS message_ids
(
    shop UInt32,
    message_hash UUID CODEC(NONE),
    received_at DateTime CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = ReplacingMergeTree
ORDER BY (shop, message_hash);

CREATE MATERIALIZED VIEW IF NOT EXISTS message_ids_of_events TO message_ids AS
SELECT shop, message_hash, toDateTime(received_at) AS received_at FROM events;

-- What could not be accepted, with its reason, as it arrived (cut at 32 KB).
CREATE TABLE IF NOT EXISTS rejects
(
    shop UInt32,
    received_at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    source UInt32,
    reason LowCardinality(String),
    detail String CODEC(ZSTD(1)),
    message_id String CODEC(ZSTD(1)),
    name String CODEC(ZSTD(1)),
    payload String CODEC(ZSTD(3)),
    lane UInt32,
    seq UInt64
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(received_at)
ORDER BY (shop, received_at)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, non_replicated_deduplication_window = 1000;

-- How many arrived and what became of them, by hour: the counts beside every report.
CREATE TABLE IF NOT EXISTS ingest_counts
(
    shop UInt32,
    source UInt32,
    hour DateTime('UTC'),
    outcome LowCardinality(String),
    reason LowCardinality(String),
    n UInt64
)
ENGINE = SummingMergeTree(n)
PARTITION BY toYYYYMM(hour)
ORDER BY (shop, hour, source, outcome, reason);

-- One row per ingest process that ever wrote: consumers learn from it which lanes to follow.
CREATE TABLE IF NOT EXISTS lanes
(
    lane UInt32,
    process String,
    epoch UInt32,
    started_at DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(started_at)
ORDER BY lane
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- Which person an identity belongs to. No row: the identity is its own person. Highest version wins.
CREATE TABLE IF NOT EXISTS identity_links
(
    shop UInt32,
    identity UUID,
    person UUID,
    version UInt64,
    deleted UInt8
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (shop, identity)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
