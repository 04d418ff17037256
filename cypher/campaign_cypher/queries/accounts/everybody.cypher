// Names of all accounts
// answers: What are all accounts here called?
// column id: string -- id of the account
// column handle: string -- its handle
// column name: string -- its display name
// for: program
// portable: yes
MATCH (a:Account)
RETURN a.id AS id, a.handle AS handle, a.name AS name
ORDER BY id;
