"""Practice phones in the browser, and a partner's form."""
