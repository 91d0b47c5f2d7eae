"""Settings of the preview."""

import os
from datetime import UTC, datetime

SITEURL = os.environ.get("SITEURL", "https://passerelle.example").rstrip("/")
# The name in the page comes from content/donnees/site.yaml, which editors can reach.
SITENAME = "Passerelle"
PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
TIMEZONE = "Europe/Paris"
DEFAULT_LANG = "fr"

# The instant of the build: SOURCE_DATE_EPOCH, else, in a preview, the day that
# content/donnees/site.yaml may give (apercu_au), else that of the machine.
BUILD_DATE = datetime.now(UTC).isoformat()
SOURCE_DATE_EPOCH = os.environ.get("SOURCE_DATE_EPOCH")
IS_PREVIEW = True

# Dotted names and no PLUGIN_PATHS: a folder on the path would let ours hide Python's own modules.
PLUGINS = ["plugins.passerelle"]

# The plugin plans everything; Pelican's own generators have nothing to read.
ARTICLE_PATHS: list[str] = []
PAGE_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
THEME_STATIC_PATHS: list[str] = []
DIRECT_TEMPLATES: list[str] = []
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
CACHE_CONTENT = False
DELETE_OUTPUT_DIRECTORY = False
