-- Figures for staff: what happened by day, questions the documents do not answer, the question each conversation stands at.

ALTER TABLE conversations ADD COLUMN question text;

CREATE TABLE tallies (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    day text NOT NULL,
    what text NOT NULL,
    key text NOT NULL
);

CREATE TABLE counts (
    day text NOT NULL,
    what text NOT NULL,
    key text NOT NULL,
    times bigint NOT NULL,
    PRIMARY KEY (day, what, key)
);

CREATE TABLE gaps (
    question text PRIMARY KEY,
    outcome text NOT NULL,
    times bigint NOT NULL,
    first text NOT NULL,
    last text NOT NULL,
    settled text
);
