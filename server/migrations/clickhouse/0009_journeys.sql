-- What reports on journeys ask of every event and would otherwise dig out of its texts each time: the page template
-- that a measurement of loading is about, and on what kind of device a page was seen.
ALTER TABLE events ADD COLUMN IF NOT EXISTS template LowCardinality(String) MATERIALIZED if(name = 'Page Measured', JSONExtractString(properties, 'template'), '');
ALTER TABLE events ADD COLUMN IF NOT EXISTS device LowCardinality(String) MATERIALIZED multiIf(kind NOT IN ('page', 'screen'), '', position(context, 'Mobi') > 0, 'phone', position(context, 'Mozilla/') > 0, 'computer', '');
