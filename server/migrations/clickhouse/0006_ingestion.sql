-- What a defect in the steps of ingestion must never get past: a row without an identity belongs to nobody, and a time
-- outside 2000-2099 would make a partition of its own for each month of it.
ALTER TABLE events ADD CONSTRAINT IF NOT EXISTS has_identity CHECK identity != toUUID('00000000-0000-0000-0000-000000000000');
ALTER TABLE events ADD CONSTRAINT IF NOT EXISTS sent_in_calendar CHECK sent_ts >= toDateTime64('2000-01-01 00:00:00', 3, 'UTC') AND sent_ts < toDateTime64('2100-01-01 00:00:00', 3, 'UTC');

-- Rejects are for mending what sends them; what nobody mended in a quarter of a year is forgotten, personal data with it.
ALTER TABLE rejects MODIFY TTL toDateTime(received_at) + INTERVAL 90 DAY;
