// Accounts that were collected
// answers: Which accounts are here that were collected, not only named?
// column account: string -- id of the account
// for: program
// portable: yes
MATCH (a:Account)
WHERE NOT coalesce(a.placeholder, false)
RETURN a.id AS account
ORDER BY account;
