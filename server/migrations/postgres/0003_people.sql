-- One row for each shop: changes of its people take turns by locking it, since whom an event belongs to depends on
-- what came before. The nonce changes with an erasure: whoever remembers identities in memory forgets them then.
CREATE TABLE people_shops (
  shop integer PRIMARY KEY,
  nonce uuid NOT NULL DEFAULT gen_random_uuid()
);

-- What is known of a person, derived from the person's identities. A visitor known by nothing but one anonymous id
-- has no row here: the identity alone is the person.
CREATE TABLE persons (
  shop integer NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL DEFAULT '',
  email text NOT NULL DEFAULT '',
  phone text NOT NULL DEFAULT '',
  -- Has a user id, an e-mail, a phone or a messenger id.
  known boolean NOT NULL,
  known_at timestamptz NOT NULL,
  PRIMARY KEY (shop, id)
);

-- Each identity of each person with the evidence for it, and the traits that came under it, each with its time:
-- {"plan": {"value": "gold", "at": 1767225600000}}. Moving identities is all that a merge or its undoing has to do.
CREATE TABLE person_identities (
  shop integer NOT NULL,
  identity uuid NOT NULL,
  person uuid NOT NULL,
  kind text NOT NULL,
  value text NOT NULL,
  evidence jsonb NOT NULL,
  traits jsonb,
  linked_at timestamptz NOT NULL,
  -- A member merged this identity into another person: what it said until then stands behind what that person said.
  yielded_at timestamptz,
  PRIMARY KEY (shop, identity)
);
CREATE INDEX person_identities_person ON person_identities (shop, person);

-- Words by whose beginning a person is found: names, e-mails, phones, user ids; lower case, folded by us.
CREATE TABLE person_words (
  shop integer NOT NULL,
  person uuid NOT NULL,
  word text COLLATE "C" NOT NULL,
  PRIMARY KEY (shop, person, word)
);
CREATE INDEX person_words_word ON person_words (shop, word);

-- Changes of links on their way to the event store; the id is the version there.
CREATE TABLE link_changes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  shop integer NOT NULL,
  identity uuid NOT NULL,
  person uuid NOT NULL,
  deleted boolean NOT NULL DEFAULT false,
  changed_at timestamptz NOT NULL DEFAULT now(),
  -- The reader waits for older transactions, else a row that commits late would be passed over.
  xid xid8 NOT NULL DEFAULT pg_current_xact_id()
);
CREATE TABLE link_mirror (
  id integer PRIMARY KEY DEFAULT 1 CHECK (id = 1),
  last_id bigint NOT NULL DEFAULT 0,
  -- All links are being brought anew; true until that is done, whatever happens meanwhile.
  resyncing boolean NOT NULL DEFAULT false
);
INSERT INTO link_mirror (id) VALUES (1);

-- Every merge of two persons, by a rule or by a member, with the identities that it moved: enough to undo it.
CREATE TABLE person_merges (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  shop integer NOT NULL,
  from_person uuid NOT NULL,
  into_person uuid NOT NULL,
  moved uuid[] NOT NULL,
  -- How the two were called then, for the list of merges.
  from_label text NOT NULL,
  into_label text NOT NULL,
  -- Evidence of a rule's merge; the member's name of a decision.
  evidence jsonb,
  made_by text,
  made_at timestamptz NOT NULL,
  undone_by text,
  undone_at timestamptz
);
CREATE INDEX person_merges_from ON person_merges (shop, from_person);
CREATE INDEX person_merges_into ON person_merges (shop, into_person);

-- Pairs that a member said are not the same person (by identities of theirs, which outlive merges): no rule joins them.
CREATE TABLE person_separations (
  shop integer NOT NULL,
  a uuid NOT NULL,
  b uuid NOT NULL,
  said_by text NOT NULL,
  said_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (shop, a, b)
);

-- Pairs that may be one person, which no rule may decide.
CREATE TABLE merge_suggestions (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  shop integer NOT NULL,
  a uuid NOT NULL,
  b uuid NOT NULL,
  -- same_browser, same_phone, same_email, alias
  reason text NOT NULL,
  -- The identity that both were seen with.
  via uuid NOT NULL,
  evidence jsonb NOT NULL,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'accepted', 'dismissed')),
  made_at timestamptz NOT NULL,
  decided_by text,
  decided_at timestamptz,
  UNIQUE (shop, a, b)
);
CREATE INDEX merge_suggestions_open ON merge_suggestions (shop, id DESC) WHERE state = 'open';
CREATE INDEX merge_suggestions_via ON merge_suggestions (shop, via);

-- Erasures. Only a keyed hash tells whose: enough to answer "is erased" and to repeat it on a restored backup. The
-- identities stand here in the clear no longer than the event store takes to forget them.
CREATE TABLE erasures (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  shop integer NOT NULL,
  person_hash text NOT NULL,
  identity_hashes text[] NOT NULL,
  asked_by text NOT NULL,
  asked_at timestamptz NOT NULL,
  pending jsonb,
  attempts integer NOT NULL DEFAULT 0,
  last_problem text,
  events_erased bigint,
  finished_at timestamptz,
  UNIQUE (shop, person_hash, asked_at)
);
CREATE INDEX erasures_pending ON erasures (id) WHERE finished_at IS NULL;
