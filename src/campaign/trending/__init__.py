"""`campaign report trending`: which hashtags rise, which were pushed, by whom, by how much (docs/trending.md)."""
