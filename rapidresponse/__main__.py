"""`python -m rapidresponse` is the `rapidresponse` command."""

from rapidresponse.cli import main

main()
