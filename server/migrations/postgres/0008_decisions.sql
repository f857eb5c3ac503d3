-- What the shop changed, where on the path and when, so that trends can be read beside it.
CREATE TABLE decisions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  shop integer NOT NULL,
  -- The calendar day of the shop on which the change took effect.
  day date NOT NULL,
  title text NOT NULL,
  -- Keys of the registry; both null: the whole path.
  stage text,
  touchpoint text,
  -- Minor units of `currency`, the shop's when it was written down.
  cost bigint,
  currency text NOT NULL,
  expected text NOT NULL DEFAULT '',
  note text NOT NULL DEFAULT '',
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  -- Removed ones can be brought back.
  removed_at timestamptz
);
CREATE INDEX decisions_by_day ON decisions (shop, day DESC, id DESC) WHERE removed_at IS NULL;
