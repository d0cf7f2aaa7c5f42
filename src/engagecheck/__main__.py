"""`python -m engagecheck`."""

from engagecheck.cli import main

main()
