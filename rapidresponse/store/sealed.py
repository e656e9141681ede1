"""The columns that are sealed, and the purposes for which things are found."""

from rapidresponse.vault import Field

PHONE = Field("subscribers", "phone", 18)
PARTNER_SECRET = Field("partners", "secret", 96)

# Different purposes, so that two leaked tables cannot be joined on a person.
FIND_SUBSCRIBER = "subscriber"
FIND_OPT_OUT = "opt-out"
