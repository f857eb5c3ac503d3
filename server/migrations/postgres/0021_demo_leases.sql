-- Who makes which demo shop at this moment, and how far it is: two processes would do everything twice.
CREATE TABLE demo_leases (
  -- The name of the shop; it may not be there yet.
  name text PRIMARY KEY,
  runner text NOT NULL,
  beat_at timestamptz NOT NULL,
  persons integer NOT NULL DEFAULT 0,
  persons_total integer NOT NULL DEFAULT 0,
  events bigint NOT NULL DEFAULT 0
);
