"""Settings of the published site: today's clock, no preview note."""

import os
import sys
from datetime import UTC, datetime

# As Pelican's documentation prescribes: its command does not look for modules here by itself.
sys.path.append(os.curdir)
from pelicanconf import *  # noqa: F403

BUILD_DATE = datetime.now(UTC).isoformat()
IS_PREVIEW = False
