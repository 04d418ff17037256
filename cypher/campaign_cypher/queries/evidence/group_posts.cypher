// Posts of a group
// answers: What did the members of this group post, in the order of time?
// parameter group_id: string -- id of the group
// parameter tag: string = null -- only posts with this hashtag, all where null
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// parameter limit: integer = 500 -- at most so many rows
// column post: string -- id of the post
// column account: string -- id of the account
// column handle: string -- its handle
// column role: string -- core (in step) or together
// column created_at: time -- when it was posted
// column kind: string -- original, retweet, quote or reply
// column text: string -- the text
// portable: yes
MATCH (g:`Group`)<-[m:MEMBER_OF]-(a:Account)-[:POSTED]->(p:Post)
WHERE g.id = $group_id AND p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)
  AND (coalesce($tag, '') = '' OR EXISTS { MATCH (p)-[:TAGGED]->(h:Hashtag) WHERE h.tag = $tag })
RETURN p.id AS post, a.id AS account, a.handle AS handle, m.role AS role, p.created_at AS created_at, p.kind AS kind,
  p.text AS text
ORDER BY created_at, post LIMIT $limit;
