-- Conversations in which a person was asked for, and what was said to and fro. At most one of a conversation is open.

CREATE TABLE handovers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    conversation text NOT NULL,
    channel text NOT NULL,
    address text NOT NULL,
    asked double precision NOT NULL,
    until double precision NOT NULL,
    operator text,
    ended double precision,
    how text
);
CREATE UNIQUE INDEX handovers_open ON handovers (conversation) WHERE ended IS NULL;
CREATE INDEX handovers_conversation ON handovers (conversation, id);
CREATE INDEX handovers_ended ON handovers (ended, id) WHERE ended IS NOT NULL;

CREATE TABLE handover_lines (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    handover bigint NOT NULL,
    speaker text NOT NULL,
    text text NOT NULL,
    made double precision NOT NULL,
    key text UNIQUE,
    posted bigint
);
CREATE INDEX handover_lines_handover ON handover_lines (handover, id);
CREATE INDEX handover_lines_posted ON handover_lines (posted) WHERE posted IS NOT NULL;

ALTER TABLE outbox ADD COLUMN line bigint;
CREATE INDEX outbox_line ON outbox (line) WHERE line IS NOT NULL;
