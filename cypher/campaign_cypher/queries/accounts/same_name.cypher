// Same name
// answers: Which accounts bear exactly the same name?
// parameter min_accounts: integer = 2 -- accounts with the name, at least
// parameter limit: integer = 50 -- at most so many rows
// column name: string -- the display name, in lower case
// column accounts: integer -- accounts that bear it
// column ids: strings -- which
// unordered: ids
// portable: yes
MATCH (a:Account)
WHERE a.name IS NOT NULL AND a.name <> ''
WITH toLower(a.name) AS name, count(a) AS accounts, collect(a.id) AS ids
WHERE accounts >= $min_accounts
RETURN name, accounts, ids
ORDER BY accounts DESC, name LIMIT $limit;
