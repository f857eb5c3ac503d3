-- Reports that a shop keeps in sight together, under a name.
CREATE TABLE boards (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  shop integer NOT NULL,
  name text NOT NULL,
  -- The name as it is compared: capitals folded.
  folded text NOT NULL,
  -- Shown on the shop's first page.
  is_home boolean NOT NULL DEFAULT false,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- Taken away; can be brought back.
  removed_at timestamptz
);
CREATE UNIQUE INDEX boards_name ON boards (shop, folded) WHERE removed_at IS NULL;
CREATE UNIQUE INDEX boards_home ON boards (shop) WHERE is_home AND removed_at IS NULL;

-- A question to a report, as its page's address says it; the answer is always computed anew.
CREATE TABLE board_cards (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  shop integer NOT NULL,
  board bigint NOT NULL REFERENCES boards (id) ON DELETE CASCADE,
  name text NOT NULL,
  path text NOT NULL,
  search text NOT NULL,
  position integer NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  removed_at timestamptz
);
CREATE INDEX board_cards_of_board ON board_cards (board, position) WHERE removed_at IS NULL;

-- Who has called a customer about what went wrong: an order, a case, a mark.
CREATE TABLE call_ticks (
  shop integer NOT NULL,
  reason text NOT NULL,
  subject text NOT NULL,
  -- Of the event that told of it; for exports and erasures.
  identity uuid NOT NULL,
  called_by text NOT NULL,
  called_at timestamptz NOT NULL,
  PRIMARY KEY (shop, reason, subject)
);
CREATE INDEX call_ticks_by_identity ON call_ticks (shop, identity);
CREATE INDEX call_ticks_by_time ON call_ticks (called_at);
