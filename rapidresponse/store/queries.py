"""The questions asked of many rows at once, each with a name."""

AUDIENCE_COUNT = """
SELECT count(DISTINCT a.subscriber_id)
  FROM alert_zips z
  JOIN areas a ON a.zip = z.zip AND a.confirmed
  JOIN subscribers s ON s.id = a.subscriber_id AND s.state = 'active'
 WHERE z.alert_id = :alert
"""

# One page of one ZIP code, in the order of subscriber ids, which are random and so fair.
PAGE_OF_ZIP = """
SELECT s.id, s.language
  FROM areas a JOIN subscribers s ON s.id = a.subscriber_id AND s.state = 'active'
 WHERE a.zip = :zip AND a.confirmed AND a.subscriber_id > :after
 ORDER BY a.subscriber_id LIMIT :page
"""

# Whoever follows two places of the region has a delivery already, from the nearer one.
EXPAND_ZIP = f"""
INSERT INTO deliveries (alert_id, seq, subscriber_id, ring, language, state, since)
SELECT :alert, :seq + row_number() OVER (ORDER BY p.id), p.id, :ring, p.language, 'pending', :now
  FROM ({PAGE_OF_ZIP}) p
 WHERE NOT EXISTS (SELECT 1 FROM deliveries d
                    WHERE d.alert_id = :alert AND d.subscriber_id = p.id)
"""

ZIP_PAGE_END = f"SELECT count(*), max(p.id) FROM ({PAGE_OF_ZIP}) p"

# A follow-up goes to those who were, or may have been, texted; `after` is the last seq.
PAGE_OF_REACHED = """
SELECT d.seq, d.subscriber_id, s.language
  FROM deliveries d JOIN subscribers s ON s.id = d.subscriber_id AND s.state = 'active'
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
 WHERE d.alert_id = :about AND d.state IN ('intent', 'in_doubt', 'accepted', 'sent', 'delivered')
"""

# The last look before a text leaves: the alert must still be sending and in time, and the
# person must still be here. What is committed here is the intent, before the carrier is called.
INTEND = """
UPDATE deliveries
   SET state = 'intent', attempt = attempt + 1, standing = (attempt + 1) * 10 + 1,
       since = :now, not_before = NULL, looks = 0
 WHERE alert_id = :alert
   AND seq IN (SELECT d.seq
                 FROM deliveries d
                 JOIN subscribers s ON s.id = d.subscriber_id AND s.state = 'active'
                WHERE d.alert_id = :alert AND d.seq BETWEEN :low AND :high
                  AND d.state = 'pending' AND (d.not_before IS NULL OR d.not_before <= :now)
                ORDER BY d.seq LIMIT :most)
   AND state = 'pending'
   AND EXISTS (SELECT 1 FROM alerts WHERE id = :alert AND state = 'sending'
                                      AND expires_at > :now)
RETURNING seq, subscriber_id, ring, language, attempt
"""

CLAIM_BATCH = """
UPDATE batches SET owner = :owner, lease_until = :until, claims = claims + 1
 WHERE id = :batch AND state = 'open' AND lease_until <= :now
RETURNING alert_id, low, high
"""

KEEP_BATCH = """
UPDATE batches SET lease_until = :until WHERE id = :batch AND owner = :owner AND state = 'open'
"""

RELEASE_BATCH = """
UPDATE batches SET lease_until = :until, state = :state, queued_at = :now
 WHERE id = :batch AND owner = :owner
"""

LOST_BATCHES = """
SELECT b.id, b.claims FROM batches b JOIN alerts a ON a.id = b.alert_id
 WHERE b.state = 'open' AND b.lease_until <= :now AND b.queued_at <= :stale
   AND a.state = 'sending'
 ORDER BY b.id LIMIT :most
"""

LOST_EXPANSIONS = """
SELECT e.alert_id, e.seq FROM expansions e JOIN alerts a ON a.id = e.alert_id
 WHERE NOT e.done AND e.touched_at <= :stale AND a.state = 'sending'
"""

BUMP = """
INSERT INTO counts (alert_id, ring, state, n) VALUES (:alert, :ring, :state, :n)
ON CONFLICT (alert_id, ring, state) DO UPDATE SET n = counts.n + excluded.n
"""
