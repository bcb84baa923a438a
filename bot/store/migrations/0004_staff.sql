-- Staff: accounts, tries to sign in, and the record of who read or wrote what.

CREATE TABLE staff (
    name text PRIMARY KEY,
    hash text NOT NULL,
    version bigint NOT NULL,
    made double precision NOT NULL
);

CREATE TABLE sign_in_tries (
    key text PRIMARY KEY,
    tries integer NOT NULL,
    since double precision NOT NULL
);

CREATE TABLE audit (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at double precision NOT NULL,
    who text NOT NULL,
    what text NOT NULL,
    about text NOT NULL
);

CREATE INDEX audit_at ON audit (at);
