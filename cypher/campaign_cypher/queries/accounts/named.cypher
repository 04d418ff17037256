// Accounts by handle
// answers: Which accounts have these handles, in any case of letters?
// parameter handles: strings -- handles without @, in lower case
// column account: string -- id of the account
// column handle: string -- its handle
// for: program
// portable: yes
MATCH (a:Account)
WHERE toLower(a.handle) IN $handles
RETURN a.id AS account, a.handle AS handle
ORDER BY account;
