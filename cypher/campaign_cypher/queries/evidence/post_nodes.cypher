// All that is kept of posts
// answers: What does the graph keep of the posts of these accounts?
// parameter accounts: strings -- ids of the accounts
// parameter since: time = null -- first moment, open where null
// parameter until: time = null -- last moment, open where null
// column id: string -- id of the post
// column account: string -- id of its author
// column created_at: time -- when it was posted (UTC); a post without a time is here too
// column text: string -- the text as collected
// column language: string -- language as the source declares it
// column client: string -- the application it was posted with
// column kind: string -- original, retweet, quote or reply
// column deleted_at: time -- when it was seen to be gone
// column placeholder: boolean -- true where it was only referred to
// column tag_sequence: string -- its hashtags in the order in which the source gives them
// for: program
// portable: yes
MATCH (a:Account)-[:POSTED]->(p:Post)
WHERE a.id IN $accounts AND (p.created_at IS NULL
  OR (p.created_at >= coalesce($since, p.created_at) AND p.created_at <= coalesce($until, p.created_at)))
RETURN p.id AS id, a.id AS account, p.created_at AS created_at, p.text AS text, p.language AS language,
  p.client AS client, p.kind AS kind, p.deleted_at AS deleted_at, p.placeholder AS placeholder,
  p.tag_sequence AS tag_sequence
ORDER BY created_at, id;
