"""Settings of the published site: no preview note, no day of a preview."""

import os
import sys

# As Pelican's documentation prescribes: its command does not look for modules here by itself.
sys.path.append(os.curdir)
from pelicanconf import *  # noqa: F403

IS_PREVIEW = False
