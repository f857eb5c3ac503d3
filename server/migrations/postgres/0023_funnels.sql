-- Figures to look at beside a shop's funnel, with their sources; no row: those that are quoted most.
CREATE TABLE funnel_references (
  shop integer PRIMARY KEY,
  figures jsonb NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);
