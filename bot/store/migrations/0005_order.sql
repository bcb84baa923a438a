-- The order in which messages were sent, and what was before each of those taken lately.

ALTER TABLE inbox ADD COLUMN sent bigint NOT NULL DEFAULT 0;
ALTER TABLE inbox ADD COLUMN length integer;
ALTER TABLE inbox ADD COLUMN ticked text;
DROP INDEX inbox_open;
CREATE INDEX inbox_open ON inbox (state, conversation, sent, seq) WHERE conversation IS NOT NULL;
