"""Run the command line as ``python -m harvester``."""

from harvester.cli import main

main()
