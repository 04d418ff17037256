"""The user's own queries: a folder beside the library, and a new file in it that runs as it stands."""

from __future__ import annotations

import re
from pathlib import Path

from campaign_cypher.errors import QueryError
from campaign_cypher.queries import Catalogue
from campaign_cypher.queries.catalogue import FOLDER

_ID = re.compile(r"[a-z][a-z0-9_]*/[a-z][a-z0-9_]*")
_NEW = """// {title}
// answers: Which accounts post most?
// parameter since: time = null -- first moment, open where null
// parameter limit: integer = 100 -- at most so many rows
// column account: string -- id of the account
// column posts: integer -- how many posts it has
// portable: yes
MATCH (a:Account)-[:POSTED]->(p:Post)
WHERE p.created_at >= coalesce($since, p.created_at)
RETURN a.id AS account, count(p) AS posts
ORDER BY posts DESC, account LIMIT $limit;
"""


def catalogue(folder: Path) -> Catalogue:
    """The user's own queries and the library's; of two with one id the user's counts."""
    return Catalogue((folder, FOLDER))


def new(id_: str, folder: Path) -> Path:
    """Write a query with a whole header, to be changed; the path of its file.

    Raises QueryError where the id is none, is taken, or the folder cannot be written.
    """
    if not _ID.fullmatch(id_):
        raise QueryError(f"{id_!r} is no id of a query: THEME/NAME in small letters, digits and _, as in hashtags/mine")
    if id_ in catalogue(folder).ids():
        raise QueryError(f"{id_} is there already ({catalogue(folder).file(id_)}): choose another name")
    file = folder / f"{id_}.cypher"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_NEW.format(title=id_.partition("/")[2].replace("_", " ").capitalize()), "utf-8")
    except OSError as error:
        raise QueryError(f"{file} cannot be written: {error.strerror}; name another folder with --queries") from error
    return file
