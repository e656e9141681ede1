"""The columns that are sealed, and the purposes for which things are found."""

from rapidresponse.vault import Field

PHONE = Field("subscribers", "phone", 18)
# A size of 0 means that the value may be long; it is padded in steps.
THREAD_PHONE = Field("threads", "phone", 18)
THREAD_TEXT = Field("thread_texts", "body", 0)
SIGHTING_WHERE = Field("sightings", "where", 0)
INCIDENT_WHERE = Field("incidents", "where", 0)
ENTRY_WORDS = Field("incident_entries", "words", 0)
PHOTO_URL = Field("photos", "url", 0)
PHOTO_IMAGE = Field("photos", "image", 0)
NOTICE_PHONE = Field("notices", "phone", 18)
NOTICE_BODY = Field("notices", "body", 0)
STAFF_PHONE = Field("staff", "phone", 18)
PARTNER_SECRET = Field("partners", "secret", 96)

# Different purposes, so that two leaked tables cannot be joined on a person.
FIND_SUBSCRIBER = "subscriber"
FIND_OPT_OUT = "opt-out"
FIND_THREAD = "thread"
FIND_STAFF = "staff"
# Marks by which like is known as like, and nothing is told.
MARK_PLACE = "place"
MARK_WORDS = "words"
MARK_REPUTATION = "reputation"  # and the month
