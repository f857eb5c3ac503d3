-- What was spent on ads by day and campaign; the same file again brings the same rows.
CREATE TABLE ad_costs (
  shop integer NOT NULL,
  -- As the ad system's calendar has it.
  day date NOT NULL,
  -- Only where the file names it: else it follows from the tags, as for a visit.
  channel text NOT NULL,
  source text NOT NULL,
  medium text NOT NULL,
  campaign text NOT NULL,
  -- Minor units.
  amount bigint NOT NULL CHECK (amount >= 0),
  currency text NOT NULL,
  impressions bigint,
  clicks bigint,
  imported_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (shop, day, channel, source, medium, campaign)
);
