"""`python -m cwgrade`: the same as the command `cwgrade`."""

import sys

from cwgrade.cli import main

if __name__ == "__main__":
    sys.exit(main())
