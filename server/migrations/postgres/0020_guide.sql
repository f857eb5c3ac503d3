-- What the first-run guide can't tell from the shop's own data.
CREATE TABLE guides (
  shop integer PRIMARY KEY REFERENCES shops (id),
  -- When a member put the guide away.
  closed_at timestamptz,
  -- The PUBLIC_URL at which this server was last found from outside.
  reached_url text,
  reached_at timestamptz
);
