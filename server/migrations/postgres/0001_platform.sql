-- How far each consumer has come in each lane; advanced in the same transaction as the consumer's effects.
CREATE TABLE feed_cursors (
  consumer text NOT NULL,
  lane bigint NOT NULL,
  seq bigint NOT NULL,
  event_time timestamptz,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (consumer, lane)
);

-- What one room tells the others, written in the transaction that made it true.
CREATE TABLE domain_events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  shop integer NOT NULL,
  name text NOT NULL,
  payload jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- Readers wait for older transactions, else a row that commits late would be passed over.
  xid xid8 NOT NULL DEFAULT pg_current_xact_id()
);

CREATE TABLE domain_cursors (
  subscriber text PRIMARY KEY,
  last_id bigint NOT NULL
);

-- One row: the epoch of this system and whether sending is paused (a restored system starts paused).
CREATE TABLE system_state (
  id integer PRIMARY KEY DEFAULT 1 CHECK (id = 1),
  installation uuid NOT NULL DEFAULT gen_random_uuid(),
  epoch integer NOT NULL DEFAULT 1,
  epoch_started_at timestamptz NOT NULL DEFAULT now(),
  paused_reason text,
  -- While a backup takes its snapshot nothing is sent; it expires by itself should the backup be killed.
  sending_held_until timestamptz,
  last_backup_at timestamptz,
  -- The address that the running server was told browsers use.
  public_url text,
  secrets jsonb NOT NULL DEFAULT '{}'
);
INSERT INTO system_state (id) VALUES (1);

-- Events whose effects failed for good in one consumer: set aside, shown by doctor, never silently lost.
CREATE TABLE feed_failures (
  consumer text NOT NULL,
  shop integer NOT NULL,
  lane bigint NOT NULL,
  seq bigint NOT NULL,
  message_id text NOT NULL,
  reason text NOT NULL,
  failed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (consumer, shop, message_id)
);
