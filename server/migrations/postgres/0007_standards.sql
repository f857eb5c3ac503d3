-- What is known of contacts and orders whose standards span several events; judged anew with every event about them.
CREATE TABLE standard_spans (
  shop integer NOT NULL,
  -- contact | order
  kind text NOT NULL,
  id text NOT NULL,
  -- Whose it is, for exports and erasures; null until the event that says so has come.
  identity uuid,
  data jsonb NOT NULL,
  -- When it is judged even if nothing more comes: a contact that nobody answered.
  due_at timestamptz,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (shop, kind, id)
);
CREATE INDEX standard_spans_due ON standard_spans (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX standard_spans_by_identity ON standard_spans (shop, identity) WHERE identity IS NOT NULL;
-- Whether a shop reports answers on a channel at all.
CREATE INDEX standard_spans_answered ON standard_spans (shop, (data -> 'start' ->> 'channel')) WHERE data ? 'answeredAt';
CREATE INDEX standard_spans_old ON standard_spans (updated_at);

-- The outbox of completing events and the memory of what they said: one row for each fact, recorded in the history
-- once; a later correction raises `version` and replaces what stands there.
CREATE TABLE measured_standards (
  shop integer NOT NULL,
  measure text NOT NULL,
  -- What was measured: a contact, an order, a quoted price.
  subject text NOT NULL,
  touchpoint text NOT NULL,
  -- Null once it is withdrawn: the order was cancelled after all.
  value double precision,
  -- The time of the contact that it judges; `first_at` is the one under which it was recorded first.
  at timestamptz NOT NULL,
  first_at timestamptz NOT NULL,
  identity uuid NOT NULL,
  -- '' where only the history knows it.
  identity_kind text NOT NULL,
  order_id text NOT NULL DEFAULT '',
  detail jsonb NOT NULL DEFAULT '{}',
  version integer NOT NULL DEFAULT 1,
  recorded integer NOT NULL DEFAULT 0,
  PRIMARY KEY (shop, measure, subject)
);
CREATE INDEX measured_standards_waiting ON measured_standards (shop, first_at) WHERE recorded < version;
CREATE INDEX measured_standards_by_identity ON measured_standards (shop, identity, at);

-- Prices that an operator named and that wait to be compared with what the customer was shown before.
CREATE TABLE quoted_prices (
  shop integer NOT NULL,
  subject text NOT NULL,
  product text NOT NULL,
  price double precision NOT NULL,
  identity uuid NOT NULL,
  identity_kind text NOT NULL,
  order_id text NOT NULL DEFAULT '',
  at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  looks integer NOT NULL DEFAULT 0,
  PRIMARY KEY (shop, subject)
);
CREATE INDEX quoted_prices_due ON quoted_prices (due_at);
CREATE INDEX quoted_prices_by_identity ON quoted_prices (shop, identity);

-- When people of the shop are at work; without a row Monday to Friday, 9 to 18, in the shop's zone.
CREATE TABLE working_hours (
  shop integer PRIMARY KEY,
  -- 1 Monday … 7 Sunday
  days integer[] NOT NULL,
  -- Minutes since midnight, half-open.
  opens integer NOT NULL CHECK (opens >= 0 AND opens < 1440),
  closes integer NOT NULL CHECK (closes > opens AND closes <= 1440)
);
