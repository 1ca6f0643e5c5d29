-- The sender's memory. No parameters. Contents are keyed by the 32 bytes of their SHA-256.

-- One row each for what has no table of its own; 'sequence' is the highest number ever given out or heard of.
CREATE TABLE note (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE bundle (
    sequence INTEGER PRIMARY KEY,
    name     TEXT    NOT NULL UNIQUE,
    state    TEXT    NOT NULL,
    label    TEXT    NOT NULL,
    manifest TEXT,
    previous TEXT,
    bytes    INTEGER NOT NULL DEFAULT 0,
    rows     INTEGER NOT NULL DEFAULT 0,
    millis   INTEGER NOT NULL DEFAULT 0,
    pushed   INTEGER NOT NULL DEFAULT 0
);

-- Apart from the bundles: a sender that lost its state meets receipts of bundles that it does not know.
CREATE TABLE receipt (
    bundle   TEXT    NOT NULL PRIMARY KEY,
    state    TEXT    NOT NULL,
    json     TEXT    NOT NULL
) WITHOUT ROWID;

-- What the receiver is believed to hold; the bundle is the one that carried it there.
CREATE TABLE held (id BLOB NOT NULL PRIMARY KEY, sequence INTEGER NOT NULL) WITHOUT ROWID;

-- What lies in volumes that have not been pushed.
CREATE TABLE written (
    id       BLOB    NOT NULL,
    sequence INTEGER NOT NULL,
    volume   INTEGER NOT NULL,
    PRIMARY KEY (id, sequence)
) WITHOUT ROWID;
CREATE INDEX written_volume ON written (sequence, volume);

-- Media files as they were when last read; times in nanoseconds since 1970.
CREATE TABLE media (
    path     BLOB    NOT NULL PRIMARY KEY,
    size     INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    inode    INTEGER NOT NULL,
    blob     BLOB    NOT NULL
) WITHOUT ROWID;

-- Parts of tables as the last complete had them; the relation tells the table's file and form, contents are hash:rows:bytes, one after another.
CREATE TABLE part (
    relation TEXT    NOT NULL,
    part     INTEGER NOT NULL,
    rows     INTEGER NOT NULL,
    digest   TEXT    NOT NULL,
    contents TEXT    NOT NULL,
    PRIMARY KEY (relation, part)
) WITHOUT ROWID;
