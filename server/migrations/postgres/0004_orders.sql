-- What each event said about an order: the truth from which the order is derived, whatever order it came in.
CREATE TABLE order_facts (
  shop integer NOT NULL,
  order_id text NOT NULL,
  message_hash uuid NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  at timestamptz NOT NULL,
  -- Null once the person has been erased.
  identity uuid,
  source integer NOT NULL,
  data jsonb NOT NULL,
  PRIMARY KEY (shop, order_id, message_hash)
);

-- Derived from the facts (features/orders/server/fold-order.ts). A row without a state is not an order yet: only a
-- promise or a payment that was begun names it.
CREATE TABLE orders (
  shop integer NOT NULL,
  id text NOT NULL,
  -- Of the placing event; which person it belongs to is the people room's knowledge.
  identity uuid,
  source integer NOT NULL DEFAULT 0,
  state text,
  ending text,
  ordered_at timestamptz NOT NULL DEFAULT 'epoch',
  -- Calendar days are those of the shop's zone, named in `time_zone`.
  ordered_on date NOT NULL DEFAULT 'epoch',
  paid_at timestamptz,
  promised_on date,
  promised_last_on date,
  arrived_on date,
  late_days integer,
  -- Minor units.
  amount bigint,
  paid_amount bigint,
  discount bigint,
  shipping bigint,
  tax bigint,
  currency text NOT NULL DEFAULT '',
  payment_method text,
  region text,
  steps jsonb NOT NULL DEFAULT '[]',
  promises jsonb NOT NULL DEFAULT '[]',
  payments jsonb NOT NULL DEFAULT '[]',
  flags jsonb NOT NULL DEFAULT '[]',
  items jsonb NOT NULL DEFAULT '[]',
  extra jsonb NOT NULL DEFAULT '{}',
  time_zone text NOT NULL DEFAULT '',
  -- By which version of the derivation; older ones are derived anew in the background.
  fold_version integer NOT NULL DEFAULT 0,
  erased_at timestamptz,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (shop, id)
);
CREATE INDEX orders_by_time ON orders (shop, ordered_at DESC, id DESC) WHERE state IS NOT NULL;
CREATE INDEX orders_by_identity ON orders (shop, identity) WHERE state IS NOT NULL;
CREATE INDEX orders_by_id ON orders (shop, lower(id) text_pattern_ops) WHERE state IS NOT NULL;
CREATE INDEX orders_by_day ON orders (shop, ordered_on) WHERE state IS NOT NULL;
