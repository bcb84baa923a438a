-- Keys of programs that hold conversations over HTTP, by a hash of each.

CREATE TABLE api_keys (
    name text PRIMARY KEY,
    hash text NOT NULL UNIQUE,
    made double precision NOT NULL
);
