"""Deliveries and batches on their way: intended, claimed, kept, given back, found again."""

# The last look before a text leaves: the person must still be here. What is committed with it
# is the intent, before the carrier is called.
# A plain range of the primary key: a planner without statistics cannot go wrong on it.
INTEND = """
UPDATE deliveries
   SET state = 'intent', attempt = attempt + 1, standing = (attempt + 1) * 10 + 1,
       since = :now, not_before = NULL, looks = 0, sender_id = :sender
 WHERE alert_id = :alert AND seq BETWEEN :low AND :high AND state = 'pending'
   AND (not_before IS NULL OR not_before <= :now)
   AND EXISTS (SELECT 1 FROM subscribers s
                WHERE s.id = deliveries.subscriber_id AND s.state = 'active')
RETURNING seq, subscriber_id, ring, language, attempt
"""

IN_LINE = """
SELECT seq FROM deliveries
 WHERE alert_id = :alert AND seq BETWEEN :low AND :high AND state = 'pending'
   AND (not_before IS NULL OR not_before <= :now)
 ORDER BY seq
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
RETURNING claims
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

DRIFT = """
SELECT state, sum(kept - found) AS more
  FROM (SELECT state, n AS kept, 0 AS found FROM counts WHERE alert_id = :alert
        UNION ALL
        SELECT state, 0, count(*) FROM deliveries WHERE alert_id = :alert GROUP BY state) side
 GROUP BY state ORDER BY state
"""
