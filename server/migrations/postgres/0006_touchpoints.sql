-- Every registry that a shop's events were ever classified by. The one with the highest version is in force; a shop
-- without a row goes by the built-in registry, which is version 1.
CREATE TABLE registry_versions (
  shop integer NOT NULL,
  version integer NOT NULL,
  -- {"version", "stages", "touchpoints"}
  registry jsonb NOT NULL,
  -- How it came to be: {"kind": "published" | "restored" | "reset", "of"?: version, "touchpoints": [keys changed]}
  origin jsonb NOT NULL,
  published_at timestamptz NOT NULL DEFAULT now(),
  published_by text NOT NULL,
  PRIMARY KEY (shop, version)
);

-- What a shop is changing and has not published yet.
CREATE TABLE registry_drafts (
  shop integer PRIMARY KEY,
  -- The version that the draft began from: another one published meanwhile must not be overwritten unseen.
  base_version integer NOT NULL,
  registry jsonb NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT now(),
  changed_by text NOT NULL
);

-- The history of a shop on its way to the newest rules. Which months remain is read from the events themselves.
CREATE TABLE reclassifications (
  shop integer PRIMARY KEY,
  -- Everything recorded is classified by this version or a newer one.
  done_version integer NOT NULL DEFAULT 0,
  -- Where it is going to; null while nothing is to be done.
  version integer,
  months_total integer NOT NULL DEFAULT 0,
  months_done integer NOT NULL DEFAULT 0,
  rows_total bigint NOT NULL DEFAULT 0,
  rows_done bigint NOT NULL DEFAULT 0,
  started_at timestamptz,
  finished_at timestamptz,
  -- What kept it from going on, as a code of errors.
  problem text,
  -- Who works on it, and when that process last said so.
  runner text,
  beat_at timestamptz
);

-- The path that a shop intends for a kind of buyer, every state of it; the highest version that isn't removed counts.
CREATE TABLE scenario_versions (
  shop integer NOT NULL,
  scenario uuid NOT NULL,
  version integer NOT NULL,
  name text NOT NULL,
  note text NOT NULL,
  -- [{"stage", "touchpoints": [keys, any of them], "isOptional"}]
  path jsonb NOT NULL,
  is_removed boolean NOT NULL DEFAULT false,
  changed_at timestamptz NOT NULL DEFAULT now(),
  changed_by text NOT NULL,
  PRIMARY KEY (shop, scenario, version)
);
