"""Who hears of an alert: counted, and turned into deliveries, nearest first."""

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
