"""`python -m engagecheck`."""

from engagecheck_command import main

main()
