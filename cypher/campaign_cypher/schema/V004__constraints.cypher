// Schema of campaign's graph, version 4
// Derived from campaign_cypher/model.py. `campaign load` applies it. By hand: cypher-shell -f <this file>.
CREATE CONSTRAINT account_id_unique IF NOT EXISTS FOR (n:Account) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT post_id_unique IF NOT EXISTS FOR (n:Post) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT hashtag_tag_unique IF NOT EXISTS FOR (n:Hashtag) REQUIRE n.tag IS UNIQUE;
CREATE CONSTRAINT url_url_unique IF NOT EXISTS FOR (n:Url) REQUIRE n.url IS UNIQUE;
CREATE CONSTRAINT image_hash_unique IF NOT EXISTS FOR (n:Image) REQUIRE n.hash IS UNIQUE;
CREATE CONSTRAINT snapshot_id_unique IF NOT EXISTS FOR (n:Snapshot) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT load_id_unique IF NOT EXISTS FOR (n:Load) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT run_id_unique IF NOT EXISTS FOR (n:Run) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT group_id_unique IF NOT EXISTS FOR (n:Group) REQUIRE n.id IS UNIQUE;
CREATE INDEX account_handle_index IF NOT EXISTS FOR (n:Account) ON (n.handle);
CREATE INDEX post_created_at_index IF NOT EXISTS FOR (n:Post) ON (n.created_at);
CREATE INDEX group_run_index IF NOT EXISTS FOR (n:Group) ON (n.run);
CREATE INDEX coordinated_with_run_index IF NOT EXISTS FOR ()-[r:COORDINATED_WITH]-() ON (r.run);
CREATE CONSTRAINT campaignschema_version_unique IF NOT EXISTS FOR (n:CampaignSchema) REQUIRE n.version IS UNIQUE;
