-- What the weekly looks found: one row a change, however many weeks it is seen; what is said of it here is of its newest look.
CREATE TABLE alarms (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  shop integer NOT NULL,
  metric text NOT NULL,
  place text NOT NULL,
  audience text NOT NULL,
  direction text NOT NULL CHECK (direction IN ('up', 'down')),
  from_day date NOT NULL,
  last_day date NOT NULL,
  found_at timestamptz NOT NULL,
  change jsonb NOT NULL,
  facets jsonb NOT NULL DEFAULT '[]',
  orders jsonb,
  state text NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'seen', 'fine')),
  note text NOT NULL DEFAULT '',
  changed_by text,
  changed_at timestamptz,
  UNIQUE (shop, metric, place, audience, direction, from_day)
);

CREATE INDEX alarms_newest ON alarms (shop, found_at DESC, id DESC);
