-- What holds for a person wherever they are: who asked never to be answered unless spoken to.
CREATE TABLE people (
    person INTEGER PRIMARY KEY,
    quiet  INTEGER NOT NULL
) STRICT;
