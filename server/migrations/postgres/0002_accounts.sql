-- Tenants. A shop is never deleted, only archived: then it takes no events and only its owners see it.
CREATE TABLE shops (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  currency text NOT NULL,
  time_zone text NOT NULL,
  language text NOT NULL,
  domains text[] NOT NULL DEFAULT '{}',
  -- How a phone number without a country code is read.
  phone_country text NOT NULL,
  -- ignore: record all; respect: leave out whoever said no; require: record only whoever said yes.
  consent_mode text NOT NULL DEFAULT 'respect' CHECK (consent_mode IN ('ignore', 'respect', 'require')),
  created_at timestamptz NOT NULL DEFAULT now(),
  archived_at timestamptz
);

-- Where events of a shop come from. Its number is on every event, so a source is switched off, never deleted.
CREATE TABLE sources (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  shop integer NOT NULL REFERENCES shops (id),
  kind text NOT NULL,
  name text NOT NULL,
  enabled boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (shop, kind, name)
);

-- A write key stands in the pages of the shop for all to read and lets nobody read anything: it is kept as it is.
CREATE TABLE write_keys (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  key text NOT NULL UNIQUE,
  shop integer NOT NULL REFERENCES shops (id),
  source integer NOT NULL REFERENCES sources (id),
  enabled boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- Set when the key was replaced (it goes on for a while) or revoked (it ended then).
  ends_at timestamptz
);
CREATE INDEX write_keys_source ON write_keys (source);

CREATE TABLE users (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  -- Trimmed and in lower case.
  email text NOT NULL UNIQUE,
  name text NOT NULL,
  password_hash text NOT NULL,
  language text NOT NULL,
  -- Encrypted. Counts only once confirmed by a code.
  totp_secret text,
  totp_confirmed_at timestamptz,
  -- The last step of 30 seconds whose code was used: a code works once.
  totp_last_step bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE recovery_codes (
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  code_hash text NOT NULL,
  used_at timestamptz,
  PRIMARY KEY (user_id, code_hash)
);

CREATE TABLE memberships (
  shop integer NOT NULL REFERENCES shops (id),
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  role text NOT NULL CHECK (role IN ('owner', 'marketer', 'operator', 'viewer')),
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (shop, user_id)
);
CREATE INDEX memberships_user ON memberships (user_id);

-- Only hashes of secrets from here on: a copy of the database opens nothing.
CREATE TABLE sessions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  token_hash text NOT NULL UNIQUE,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  ip text NOT NULL DEFAULT '',
  user_agent text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL DEFAULT now(),
  last_seen_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL
);
CREATE INDEX sessions_user ON sessions (user_id);

CREATE TABLE api_tokens (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  token_hash text NOT NULL UNIQUE,
  -- The last characters, so that a member recognises it.
  hint text NOT NULL,
  shop integer NOT NULL REFERENCES shops (id),
  name text NOT NULL,
  role text NOT NULL CHECK (role IN ('owner', 'marketer', 'operator', 'viewer')),
  -- Null when it was made on the command line.
  created_by uuid REFERENCES users (id) ON DELETE SET NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);
CREATE INDEX api_tokens_shop ON api_tokens (shop);

CREATE TABLE invitations (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  token_hash text NOT NULL UNIQUE,
  shop integer NOT NULL REFERENCES shops (id),
  role text NOT NULL CHECK (role IN ('owner', 'marketer', 'operator', 'viewer')),
  -- When given, only this e-mail may accept.
  email text,
  invited_by uuid REFERENCES users (id) ON DELETE SET NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  accepted_at timestamptz,
  revoked_at timestamptz
);
CREATE INDEX invitations_shop ON invitations (shop);

-- Links that work once: the first start's (no user) and a forgotten password's.
CREATE TABLE one_time_links (
  token_hash text PRIMARY KEY,
  user_id uuid REFERENCES users (id) ON DELETE CASCADE,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL
);

-- Attempts to sign in by network address and by e-mail; here and not in memory, so that a restart forgives nobody.
CREATE TABLE sign_in_attempts (
  key text PRIMARY KEY,
  attempts integer NOT NULL,
  window_ends timestamptz NOT NULL
);

CREATE TABLE audit_log (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Null for what concerns no shop.
  shop integer,
  at timestamptz NOT NULL DEFAULT now(),
  -- member, token, system or cli
  actor_kind text NOT NULL,
  actor_id text,
  actor_name text NOT NULL,
  action text NOT NULL,
  target text NOT NULL,
  detail jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_log_shop ON audit_log (shop, id DESC);
