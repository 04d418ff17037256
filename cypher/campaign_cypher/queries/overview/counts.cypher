// What the graph holds
// answers: How many nodes of each label and relationships of each type are there?
// column name: string -- label or relationship type
// column count: integer -- how many there are
// portable: yes
MATCH (n:Account) WITH count(n) AS number RETURN 'Account' AS name, number AS count
UNION ALL
MATCH (n:Post) WITH count(n) AS number RETURN 'Post' AS name, number AS count
UNION ALL
MATCH (n:Hashtag) WITH count(n) AS number RETURN 'Hashtag' AS name, number AS count
UNION ALL
MATCH (n:Url) WITH count(n) AS number RETURN 'Url' AS name, number AS count
UNION ALL
MATCH (n:Image) WITH count(n) AS number RETURN 'Image' AS name, number AS count
UNION ALL
MATCH (n:Snapshot) WITH count(n) AS number RETURN 'Snapshot' AS name, number AS count
UNION ALL
MATCH (n:`Load`) WITH count(n) AS number RETURN 'Load' AS name, number AS count
UNION ALL
MATCH (n:Run) WITH count(n) AS number RETURN 'Run' AS name, number AS count
UNION ALL
MATCH (n:`Group`) WITH count(n) AS number RETURN 'Group' AS name, number AS count
UNION ALL
MATCH ()-[n:POSTED]->() WITH count(n) AS number RETURN 'POSTED' AS name, number AS count
UNION ALL
MATCH ()-[n:TAGGED]->() WITH count(n) AS number RETURN 'TAGGED' AS name, number AS count
UNION ALL
MATCH ()-[n:MENTIONS]->() WITH count(n) AS number RETURN 'MENTIONS' AS name, number AS count
UNION ALL
MATCH ()-[n:RETWEETS]->() WITH count(n) AS number RETURN 'RETWEETS' AS name, number AS count
UNION ALL
MATCH ()-[n:QUOTES]->() WITH count(n) AS number RETURN 'QUOTES' AS name, number AS count
UNION ALL
MATCH ()-[n:REPLIES_TO]->() WITH count(n) AS number RETURN 'REPLIES_TO' AS name, number AS count
UNION ALL
MATCH ()-[n:LINKS_TO]->() WITH count(n) AS number RETURN 'LINKS_TO' AS name, number AS count
UNION ALL
MATCH ()-[n:SHOWS]->() WITH count(n) AS number RETURN 'SHOWS' AS name, number AS count
UNION ALL
MATCH ()-[n:FOLLOWS]->() WITH count(n) AS number RETURN 'FOLLOWS' AS name, number AS count
UNION ALL
MATCH ()-[n:LIKES]->() WITH count(n) AS number RETURN 'LIKES' AS name, number AS count
UNION ALL
MATCH ()-[n:RETWEETED]->() WITH count(n) AS number RETURN 'RETWEETED' AS name, number AS count
UNION ALL
MATCH ()-[n:OBSERVED]->() WITH count(n) AS number RETURN 'OBSERVED' AS name, number AS count
UNION ALL
MATCH ()-[n:FOUND]->() WITH count(n) AS number RETURN 'FOUND' AS name, number AS count
UNION ALL
MATCH ()-[n:MEMBER_OF]->() WITH count(n) AS number RETURN 'MEMBER_OF' AS name, number AS count
UNION ALL
MATCH ()-[n:COORDINATED_WITH]->() WITH count(n) AS number RETURN 'COORDINATED_WITH' AS name, number AS count
UNION ALL
MATCH ()-[n:PUSHED]->() WITH count(n) AS number RETURN 'PUSHED' AS name, number AS count
UNION ALL
MATCH ()-[n:TARGETED]->() WITH count(n) AS number RETURN 'TARGETED' AS name, number AS count;
