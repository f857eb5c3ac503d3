-- Sets of persons by what they did, described once and used by every report.
CREATE TABLE segments (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  shop integer NOT NULL,
  name text NOT NULL,
  note text NOT NULL DEFAULT '',
  -- The tree of conditions, as features/segments/contract.ts describes it.
  definition jsonb NOT NULL,
  -- Grows with each change of the definition.
  version integer NOT NULL DEFAULT 1,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  removed_at timestamptz
);
CREATE INDEX segments_of_shop ON segments (shop, id) WHERE removed_at IS NULL;
