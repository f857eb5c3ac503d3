-- Questions to reports that a shop keeps under a name; the answer is always computed anew.
CREATE TABLE saved_reports (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  shop integer NOT NULL,
  name text NOT NULL,
  -- The name as it is compared: capitals folded.
  folded text NOT NULL,
  -- Which report: its page below the shop's address.
  path text NOT NULL,
  -- The question, as the page's address says it.
  search text NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT saved_reports_name UNIQUE (shop, folded)
);
