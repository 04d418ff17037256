// t Gaps: the embedded store's text; it counts lists from 1 and cuts times in words of its own
MATCH (p:Post)
WHERE p.created_at IS NOT NULL
WITH collect(DISTINCT date_trunc('hour', p.created_at)) AS unsorted
WITH list_sort(unsorted) AS hours
UNWIND range(2, size(hours)) AS i
WITH list_extract(hours, i - 1) AS before, list_extract(hours, i) AS after
WHERE after >= before + to_hours($hours)
RETURN before AS from_hour, after AS to_hour, to_int64(to_epoch_ms(after) - to_epoch_ms(before)) / 3600000 AS gap_hours
ORDER BY gap_hours DESC, from_hour LIMIT $limit;
