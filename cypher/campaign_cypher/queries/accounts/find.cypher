// Find an account
// answers: Which accounts have this text in their handle or name?
// parameter text: string -- part of the handle or the display name, in any case
// parameter limit: integer = 50 -- at most so many rows
// column account: string -- id of the account
// column handle: string -- its handle
// column name: string -- its display name
// column made: time -- when the account was made
// column followers: integer -- followers when last seen
// column placeholder: boolean -- true where it was only named, never collected
// portable: yes
MATCH (a:Account)
WHERE toLower(a.handle) CONTAINS toLower($text) OR toLower(a.name) CONTAINS toLower($text)
RETURN a.id AS account, a.handle AS handle, a.name AS name, a.created_at AS made, a.followers AS followers,
  a.placeholder AS placeholder
ORDER BY account LIMIT $limit;
