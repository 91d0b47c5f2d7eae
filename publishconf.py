"""Settings of the published site: today's clock, no preview note."""

from datetime import UTC, datetime

from pelicanconf import *  # noqa: F403 - what Pelican's documentation prescribes

BUILD_DATE = datetime.now(UTC).isoformat()
IS_PREVIEW = False
