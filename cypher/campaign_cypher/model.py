"""The graph, described once. Constraints, table definitions, loads and the schema page are derived from this."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

BY_HANDLE = ":@"  # in the id of an account of which no more than the handle is known

ValueType = Literal["string", "integer", "float", "boolean", "time"]


@dataclass(frozen=True)
class Property:
    """One property of a node or relationship: its name, the type of its values, and what it means."""

    name: str
    type: ValueType
    meaning: str


@dataclass(frozen=True)
class NodeType:
    """A kind of node. `key` is unique; `newest` names the time by which a later observation wins over an earlier.

    Where `first_stays`, what was written first is kept and later rows only fill what is empty.
    """

    label: str
    meaning: str
    key: str
    properties: tuple[Property, ...]
    newest: str | None = None
    first_stays: bool = False
    indexes: tuple[str, ...] = ()


@dataclass(frozen=True)
class RelationshipType:
    """A kind of relationship between two kinds of nodes; unique by source, target and `keys` (properties).

    Where `one_source`, a target has one source: the first that was written stays.
    """

    type: str
    source: str
    target: str
    meaning: str
    properties: tuple[Property, ...] = ()
    keys: tuple[str, ...] = ()
    indexes: tuple[str, ...] = ()
    one_source: bool = False

    @property
    def unique(self) -> tuple[str, ...]:
        """The columns by which relationships are told apart."""
        return ("target",) if self.one_source else ("source", "target", *self.keys)


def _p(name: str, type: ValueType, meaning: str) -> Property:
    return Property(name, type, meaning)


ACCOUNT = NodeType(
    "Account",
    "An account of a platform, as last observed.",
    "id",
    (
        _p("id", "string", "Platform and id, `x:1234`; `x:@handle` (casefolded) where only the handle is known."),
        _p("platform", "string", "Short name of the platform: x, bsky, …"),
        _p("handle", "string", "Name in mentions, as written, without @."),
        _p("name", "string", "Display name."),
        _p("description", "string", "The account's own words about itself."),
        _p("location", "string", "Declared place."),
        _p("created_at", "time", "When the account was made (UTC)."),
        _p("followers", "integer", "Followers when last seen."),
        _p("following", "integer", "Accounts followed when last seen."),
        _p("posts", "integer", "Posts ever made when last seen, as the platform counts."),
        _p("verified", "boolean", "Verified by the platform when last seen."),
        _p("avatar", "string", "Hash of its picture, where the source gives one."),
        _p("status", "string", "active, suspended, deleted, protected; empty where not known."),
        _p("last_seen_at", "time", "Time of the newest observation of the profile."),
        _p(
            "placeholder",
            "boolean",
            "True where the account was only named (mentioned, retweeted) and never collected.",
        ),
    ),
    newest="last_seen_at",
    indexes=("handle",),
)
POST = NodeType(
    "Post",
    "A post of an account.",
    "id",
    (
        _p("id", "string", "Platform and id; derived from account, time and text where the source has no id."),
        _p("created_at", "time", "When it was posted (UTC)."),
        _p("text", "string", "The text as collected."),
        _p("language", "string", "Language as the source declares it."),
        _p("client", "string", "The application it was posted with."),
        _p("kind", "string", "original, retweet, quote or reply."),
        _p("deleted_at", "time", "When it was seen to be gone."),
        _p(
            "placeholder",
            "boolean",
            "True where the post was only referred to. `x:text:<hash>` stands for the unknown original of retweets "
            "with the same text.",
        ),
        _p("tag_sequence", "string", "Its hashtags in the order in which the source gives them: `#a #b`."),
    ),
    indexes=("created_at",),
)
HASHTAG = NodeType(
    "Hashtag",
    "A hashtag; spellings that differ in case or Unicode form are one.",
    "tag",
    (
        _p("tag", "string", "NFKC, casefolded, without #."),
        _p("display", "string", "As first seen."),
    ),
    first_stays=True,
)
URL = NodeType(
    "Url",
    "An address that posts link to.",
    "url",
    (
        _p("url", "string", "The address, expanded where the source says; `//site` where only the site is known."),
        _p("domain", "string", "Its host, lower case, without www; empty where a link shortener hides it."),
    ),
    first_stays=True,
)
IMAGE = NodeType(
    "Image",
    "An image that posts show; posts whose images have the same hash show the same one.",
    "hash",
    (_p("hash", "string", "The image's hash, as the source gives it."),),
    first_stays=True,
)
SNAPSHOT = NodeType(
    "Snapshot",
    "The counters of an account at one moment.",
    "id",
    (
        _p("id", "string", "Account id and time."),
        _p("at", "time", "When it was observed (UTC)."),
        _p("followers", "integer", "Followers then."),
        _p("following", "integer", "Accounts followed then."),
        _p("posts", "integer", "Posts ever made then."),
        _p("status", "string", "Status then."),
    ),
)
LOAD = NodeType(
    "Load",
    "A file that was loaded: begun, and how it ended. Which of its posts came from it is not kept.",
    "id",
    (
        _p("id", "string", "Name and sha256, `posts.csv.gz@9f86…`: a file is one, however often it is loaded."),
        _p("name", "string", "Name of the file without its folder; `stdin` where it came by a pipe."),
        _p("sha256", "string", "Of its bytes as they lay there, packed where it was."),
        _p("size", "integer", "Bytes."),
        _p("format", "string", "As which it was read."),
        _p("platform", "string", "Of which its accounts are; several with commas."),
        _p("rows", "integer", "Rows or records that were read."),
        _p("posts", "integer", "Posts that they tell of."),
        _p("rejected", "integer", "Rows that were not taken."),
        _p("whole", "boolean", "True: read to its end; false: damaged, read up to there; empty: the load was killed."),
        _p("version", "string", "Version of campaign that read it."),
        _p("finished_at", "time", "When it was last read to its end; never part of a report or a case."),
    ),
    newest="finished_at",
)
RUN = NodeType(
    "Run",
    "One detection: what it was asked, on what, and by which version.",
    "id",
    (
        _p("id", "string", "Hash of inputs, parameters and version: the same question gives the same run."),
        _p("version", "string", "Version of campaign."),
        _p("parameters", "string", "JSON object of the parameters."),
        _p("inputs", "string", "JSON object: data range and counts of the events that were read."),
        _p("result", "string", "JSON object: the whole result as `detect --format json` prints it."),
        _p("finished_at", "time", "When the run ended; never part of a report."),
    ),
)
GROUP = NodeType(
    "Group",
    "Accounts that a run found acting together; a gathering, or a campaign if it has a core in step.",
    "id",
    (
        _p("id", "string", "Run id and number of the group."),
        _p("run", "string", "Id of the run."),
        _p("claim", "string", "campaign or gathering."),
        _p("size", "integer", "Number of members."),
        _p("core", "integer", "Number of members in the core."),
        _p("p", "float", "The group's combined p."),
        _p("layers", "string", "JSON list: layer, claim, edges and p of each layer that speaks."),
        _p("first", "time", "First post of a member that counts as evidence."),
        _p("last", "time", "Last post of a member that counts as evidence."),
        _p("signals", "string", "JSON list: what its accounts show, a row for each signal (docs/signals.md)."),
    ),
    indexes=("run",),
)

NODES: tuple[NodeType, ...] = (ACCOUNT, POST, HASHTAG, URL, IMAGE, SNAPSHOT, LOAD, RUN, GROUP)

RELATIONSHIPS: tuple[RelationshipType, ...] = (
    RelationshipType(
        "POSTED",
        "Account",
        "Post",
        "The account wrote the post. A post has one author: the first that was loaded stays.",
        one_source=True,
    ),
    RelationshipType("TAGGED", "Post", "Hashtag", "The post carries the hashtag."),
    RelationshipType("MENTIONS", "Post", "Account", "The post names the account."),
    RelationshipType("RETWEETS", "Post", "Post", "The post passes the other on unchanged."),
    RelationshipType("QUOTES", "Post", "Post", "The post passes the other on with words of its own."),
    RelationshipType("REPLIES_TO", "Post", "Post", "The post answers the other."),
    RelationshipType("LINKS_TO", "Post", "Url", "The post links to the address."),
    RelationshipType("SHOWS", "Post", "Image", "The post shows the image."),
    RelationshipType(
        "FOLLOWS",
        "Account",
        "Account",
        "The account follows the other.",
        (
            _p("rank", "integer", "Place in the platform's list, 1 the newest."),
            _p("seen_at", "time", "When the list was collected."),
        ),
    ),
    RelationshipType(
        "LIKES",
        "Account",
        "Post",
        "The account likes the post, as the post's list of likers says.",
        (
            _p("rank", "integer", "Place in the platform's list, 1 the newest."),
            _p("seen_at", "time", "When the list was collected."),
        ),
    ),
    RelationshipType(
        "RETWEETED",
        "Account",
        "Post",
        "The account is in the post's list of retweeters, which gives no post of its own and no time; "
        "retweets that were collected themselves are RETWEETS.",
        (
            _p("rank", "integer", "Place in the platform's list, 1 the newest."),
            _p("seen_at", "time", "When the list was collected."),
        ),
    ),
    RelationshipType("OBSERVED", "Account", "Snapshot", "The account's counters as observed."),
    RelationshipType("FOUND", "Run", "Group", "The run found the group."),
    RelationshipType(
        "MEMBER_OF",
        "Account",
        "Group",
        "The account belongs to the group.",
        (
            _p("role", "string", "core (in step) or together."),
            _p("episodes", "integer", "Episodes shared with other members; without edges: joined_n."),
            _p("expected", "float", "Episodes that chance explains; without edges: joined_expected."),
            _p("p", "float", "Smallest p of the account's edges inside the group; without edges: of its joining."),
            _p("joined_layer", "string", "Behaviour by which it joined the core; null where pairs brought it in."),
            _p("joined_n", "integer", "How many of the core's moments it turned up at."),
            _p("joined_expected", "float", "At how many chance explains."),
            _p("joined_q", "float", "Error rate at which it joined."),
        ),
    ),
    RelationshipType(
        "COORDINATED_WITH",
        "Account",
        "Account",
        "The two co-act more than chance explains.",
        (
            _p("run", "string", "Id of the run."),
            _p("layer", "string", "The behaviour: hashtag, retweet, text, …"),
            _p("claim", "string", "together or in step."),
            _p("window", "integer", "Time window, seconds."),
            _p("block", "integer", "Block, seconds."),
            _p("n", "integer", "Episodes of the pair."),
            _p("expected", "float", "Episodes that chance explains."),
            _p("p", "float", "P(Poisson(expected) >= n), corrected for the scales tried."),
            _p("q", "float", "Benjamini-Hochberg over all pairs that could have been tested, in its layer and in all."),
        ),
        keys=("run", "layer", "claim"),
        indexes=("run",),
    ),
    RelationshipType(
        "PUSHED",
        "Group",
        "Hashtag",
        "The group's members used the hashtag.",
        (
            _p("posts", "integer", "Posts of members with it."),
            _p("share", "float", "Part of all its posts in the run's range."),
        ),
    ),
    RelationshipType(
        "TARGETED",
        "Group",
        "Account",
        "The group's members mention or retweet the account.",
        (_p("posts", "integer", "Posts of members that do."),),
    ),
)

NODE: dict[str, NodeType] = {n.label: n for n in NODES}
RELATIONSHIP: dict[str, RelationshipType] = {r.type: r for r in RELATIONSHIPS}
PROPERTIES: dict[str, tuple[Property, ...]] = {
    **{n.label: n.properties for n in NODES},
    **{r.type: r.properties for r in RELATIONSHIPS},
}
