-- What a shop knows and no event tells: its margin, how much of a loss can be won back, and facts of its own.
CREATE TABLE drivers_settings (
  shop integer PRIMARY KEY,
  settings jsonb NOT NULL,
  changed_by text NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT now()
);
