-- To whom a decision applied, what should move by how much, who answers for it, and what became of it.
ALTER TABLE decisions ADD COLUMN segment bigint;
ALTER TABLE decisions ADD COLUMN expected_measure text;
ALTER TABLE decisions ADD COLUMN expected_direction text;
ALTER TABLE decisions ADD COLUMN expected_size double precision;
ALTER TABLE decisions ADD COLUMN owner uuid;
ALTER TABLE decisions ADD COLUMN state text NOT NULL DEFAULT 'trying';
ALTER TABLE decisions ADD COLUMN end_day date;

-- How often a touchpoint is looked at and who looks; a touchpoint without a row goes by the usual rhythm.
CREATE TABLE reviews (
  shop integer NOT NULL,
  touchpoint text NOT NULL,
  -- Weeks from one check to the next; null: it has none.
  every_weeks integer,
  -- A member; whoever is no member any more owns nothing.
  owner uuid,
  -- The calendar day of the shop on which it is due; null: not yet begun.
  next_on date,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (shop, touchpoint)
);

-- Each check that was made, with what was seen. Removed ones are kept, so that a slip can be undone.
CREATE TABLE review_checks (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  shop integer NOT NULL,
  touchpoint text NOT NULL,
  checked_on date NOT NULL,
  note text NOT NULL DEFAULT '',
  checked_by text NOT NULL,
  -- What was due before it, to be put back when it is undone.
  due_before date,
  created_at timestamptz NOT NULL DEFAULT now(),
  removed_at timestamptz
);
CREATE INDEX review_checks_by_touchpoint ON review_checks (shop, touchpoint, id DESC) WHERE removed_at IS NULL;
