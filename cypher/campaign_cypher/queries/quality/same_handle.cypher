// Handles of several accounts
// answers: Which handles belong to several accounts: renamed, recycled, or named without an id?
// parameter limit: integer = 50 -- at most so many rows
// column name: string -- the handle in lower case
// column accounts: integer -- accounts that have it
// column ids: strings -- which
// unordered: ids
// portable: yes
MATCH (a:Account)
WHERE a.handle IS NOT NULL AND a.handle <> ''
WITH toLower(a.handle) AS name, count(a) AS accounts, collect(a.id) AS ids
WHERE accounts > 1
RETURN name, accounts, ids
ORDER BY accounts DESC, name LIMIT $limit;
