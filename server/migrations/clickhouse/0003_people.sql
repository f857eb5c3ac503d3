-- When each identity was seen first and last, kept by the store itself as events come in, so that the list of people
-- reads identities and not their events. Repeated events change nothing here: smallest and largest stay the same.
CREATE TABLE IF NOT EXISTS identity_activity
(
    shop UInt32,
    identity UUID,
    known SimpleAggregateFunction(max, UInt8),
    first_at SimpleAggregateFunction(min, DateTime64(3, 'UTC')),
    last_at SimpleAggregateFunction(max, DateTime64(3, 'UTC'))
)
ENGINE = AggregatingMergeTree
ORDER BY (shop, identity);

-- A wrong clock must not keep a person on top of the list for years: nothing is later than its receipt.
CREATE MATERIALIZED VIEW IF NOT EXISTS identity_activity_of_events TO identity_activity AS
SELECT
    shop,
    identity,
    max(identity_kind != 'anonymous') AS known,
    min(least(ts, received_at)) AS first_at,
    max(least(ts, received_at)) AS last_at
FROM events
GROUP BY shop, identity;
