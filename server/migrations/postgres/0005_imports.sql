-- One run of an import, with all that it needs to go on after a crash.
CREATE TABLE imports (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  shop integer NOT NULL,
  preset text NOT NULL,
  -- waiting, running, done, failed, cancelled
  state text NOT NULL DEFAULT 'waiting',
  -- web: taken up again by the server after a crash; cli: by the same command.
  origin text NOT NULL,
  -- The data folder in which the files lie: only a process that works on it can run the import.
  home text NOT NULL,
  -- [{"name", "path", "bytes", "modified"}]
  files jsonb NOT NULL,
  -- {"timeZone", "mapping"}
  options jsonb NOT NULL,
  -- {"stage", "point"}: everything before it is durable.
  position jsonb,
  -- {"rows", "recorded", "duplicates", "bad", "badBytes", "reasons"}
  counts jsonb NOT NULL DEFAULT '{}',
  share double precision NOT NULL DEFAULT 0,
  -- What the stores hold of it in the end.
  figures jsonb,
  -- {"code", "message"} of what made it fail.
  problem jsonb,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,
  finished_at timestamptz,
  -- How often it was begun or gone on with.
  attempts integer NOT NULL DEFAULT 0,
  -- Time spent running, over all attempts.
  active_ms bigint NOT NULL DEFAULT 0,
  -- Who runs it, and when that process last said so.
  runner text,
  beat_at timestamptz,
  cancel_asked boolean NOT NULL DEFAULT false
);
CREATE INDEX imports_shop ON imports (shop, id DESC);
CREATE INDEX imports_unfinished ON imports (id) WHERE state IN ('waiting', 'running');

-- Files that came by the browser; each lies under its id in the data folder.
CREATE TABLE import_files (
  id uuid PRIMARY KEY,
  shop integer NOT NULL,
  name text NOT NULL,
  bytes bigint NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- How a shop reads tables with these columns, so that the next file of the kind needs no questions.
CREATE TABLE import_mappings (
  shop integer NOT NULL,
  preset text NOT NULL,
  fingerprint text NOT NULL,
  mapping jsonb NOT NULL,
  used_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (shop, preset, fingerprint)
);
