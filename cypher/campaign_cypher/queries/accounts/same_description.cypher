// Same words about themselves
// answers: Which accounts describe themselves in exactly the same words?
// parameter min_accounts: integer = 2 -- accounts with the same words, at least
// parameter limit: integer = 50 -- at most so many rows
// column description: string -- the words
// column accounts: integer -- accounts that have them
// column ids: strings -- which
// unordered: ids
// portable: yes
MATCH (a:Account)
WHERE a.description IS NOT NULL AND a.description <> ''
WITH a.description AS description, count(a) AS accounts, collect(a.id) AS ids
WHERE accounts >= $min_accounts
RETURN description, accounts, ids
ORDER BY accounts DESC, description LIMIT $limit;
