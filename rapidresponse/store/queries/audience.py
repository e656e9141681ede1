"""Who hears of an alert: counted, and turned into deliveries, nearest first."""

# The areas of a region with their rings, as each database takes a list.
REGION_SQLITE = """
SELECT json_extract(value, '$[0]') AS area, json_extract(value, '$[1]') AS ring
  FROM json_each(:areas)
"""
REGION_POSTGRESQL = """
SELECT area, ring
  FROM unnest(CAST(:areas AS text[]), CAST(:rings AS smallint[])) AS given (area, ring)
"""

# All who follow exactly the same places are counted once, in the ring of the nearest of them.
# The list is read before it is joined, or it would be taken apart again for every row.
_COUNT = """
WITH region AS MATERIALIZED ({region})
SELECT ring, language, CAST(sum(n) AS bigint) AS n
  FROM (SELECT min(region.ring) AS ring, f.language, max(f.n) AS n
          FROM region JOIN followers f ON f.area = region.area
         GROUP BY f.together, f.language) same
 GROUP BY ring, language ORDER BY ring, language
"""
COUNT_SQLITE = _COUNT.format(region=REGION_SQLITE)
COUNT_POSTGRESQL = _COUNT.format(region=REGION_POSTGRESQL)

COUNT_FOLLOWERS = """
INSERT INTO followers (area, together, language, n) VALUES (:area, :together, :language, :n)
ON CONFLICT (area, together, language) DO UPDATE SET n = followers.n + excluded.n
"""

# One page of one area, in the order of subscriber ids, which are random and so fair.
PAGE_OF_AREA = """
SELECT a.subscriber_id AS id, a.language
  FROM areas a
 WHERE a.area = :area AND a.subscriber_id > :after
 ORDER BY a.subscriber_id LIMIT :page
"""

# Whoever follows two places of the region has a delivery already, from the nearer one.
EXPAND_AREA = f"""
INSERT INTO deliveries (alert_id, seq, subscriber_id, ring, language, state, since)
SELECT :alert, :seq + row_number() OVER (ORDER BY p.id), p.id, :ring, p.language, 'pending', :now
  FROM ({PAGE_OF_AREA}) p
 WHERE TRUE
ON CONFLICT (alert_id, subscriber_id) DO NOTHING
"""

AREA_PAGE_END = f"SELECT count(*), max(p.id) FROM ({PAGE_OF_AREA}) p"

# A follow-up goes to those who were, or may have been, texted; `after` is the last seq.
PAGE_OF_REACHED = """
SELECT d.seq, d.subscriber_id, s.language
  FROM deliveries d JOIN subscribers s ON s.id = d.subscriber_id AND s.state = 'active'
   AND s.paused_until IS NULL
 WHERE d.alert_id = :about AND d.seq > :after
   AND d.state IN ('intent', 'in_doubt', 'accepted', 'sent', 'delivered')
 ORDER BY d.seq LIMIT :page
"""

EXPAND_REACHED = f"""
INSERT INTO deliveries (alert_id, seq, subscriber_id, ring, language, state, since)
SELECT :alert, :seq + row_number() OVER (ORDER BY p.seq), p.subscriber_id, 0, p.language,
       'pending', :now
  FROM ({PAGE_OF_REACHED}) p
"""

REACHED_PAGE_END = f"SELECT count(*), max(p.seq) FROM ({PAGE_OF_REACHED}) p"

REACHED_COUNT = """
SELECT count(*)
  FROM deliveries d
  JOIN subscribers s ON s.id = d.subscriber_id AND s.state = 'active'
   AND s.paused_until IS NULL
 WHERE d.alert_id = :about AND d.state IN ('intent', 'in_doubt', 'accepted', 'sent', 'delivered')
"""
