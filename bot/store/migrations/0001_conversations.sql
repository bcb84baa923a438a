-- All tables. Times are epoch seconds, JSON is text. Every message pays for every index, so what is only looked up when
-- somebody starts or cleans up (last, touched) has none.

CREATE TABLE conversations (
    id text PRIMARY KEY,
    channel text NOT NULL,
    version bigint NOT NULL DEFAULT 0,
    runs integer NOT NULL DEFAULT 0,
    log bigint,
    length integer NOT NULL DEFAULT 0,
    anchor text,
    ticked text,
    paused integer NOT NULL DEFAULT 0,
    touched double precision NOT NULL,
    last bigint NOT NULL,
    made double precision NOT NULL
);

CREATE TABLE logs (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    conversation text NOT NULL,
    run integer NOT NULL,
    session text NOT NULL,
    corpus_version text NOT NULL,
    as_of text NOT NULL,
    made double precision,
    UNIQUE (conversation, run)
);

CREATE TABLE events (
    log bigint NOT NULL,
    position integer NOT NULL,
    event text NOT NULL,
    ref text,
    made double precision,
    PRIMARY KEY (log, position)
);

CREATE TABLE inbox (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    channel text NOT NULL,
    dedupe_key text NOT NULL,
    conversation text,
    inbound text,
    arrived double precision NOT NULL,
    state text NOT NULL DEFAULT 'waiting',
    attempts integer NOT NULL DEFAULT 0,
    error text,
    done double precision,
    UNIQUE (channel, dedupe_key)
);
CREATE INDEX inbox_open ON inbox (conversation, seq) WHERE conversation IS NOT NULL;
CREATE INDEX inbox_failed ON inbox (seq) WHERE state = 'failed';

CREATE TABLE ready (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    conversation text NOT NULL UNIQUE
);

CREATE TABLE outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    conversation text NOT NULL,
    channel text NOT NULL,
    address text NOT NULL,
    operation text NOT NULL,
    state text NOT NULL DEFAULT 'queued',
    attempts integer NOT NULL DEFAULT 0,
    made double precision NOT NULL,
    due double precision NOT NULL,
    error text
);
CREATE INDEX outbox_order ON outbox (conversation, id, state, channel);

CREATE TABLE tokens (
    hash text PRIMARY KEY,
    conversation text NOT NULL
);
CREATE INDEX tokens_conversation ON tokens (conversation);
