// Posts by id
// answers: What does the graph keep of these posts, and who wrote them?
// parameter ids: strings -- ids of the posts
// column id: string -- id of the post
// column account: string -- id of its author, null where nobody is known
// column created_at: time -- when it was posted (UTC)
// column text: string -- the text as collected
// column language: string -- language as the source declares it
// column kind: string -- original, retweet, quote or reply
// column deleted_at: time -- when it was seen to be gone
// column placeholder: boolean -- true where it was only referred to
// for: program
// portable: yes
UNWIND $ids AS wanted
MATCH (p:Post {id: wanted})
OPTIONAL MATCH (a:Account)-[:POSTED]->(p)
RETURN p.id AS id, a.id AS account, p.created_at AS created_at, p.text AS text, p.language AS language,
  p.kind AS kind, p.deleted_at AS deleted_at, p.placeholder AS placeholder
ORDER BY id;
