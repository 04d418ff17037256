"""A case file: one group with all that its claim rests on, as a zip that anybody can check.

`gather` reads it out of the store, `redacted` hides who is outside the group, `files` writes what is in the zip,
`archive` packs it and `verify` checks it. docs/case.md says what is in it and what it does not prove.
"""

SCHEMA_VERSION = 2
MANIFEST = "MANIFEST"
ABOUT = "case.json"
