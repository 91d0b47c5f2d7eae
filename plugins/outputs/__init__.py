"""Serializers of what the site publishes beside its pages, one format each.

Each is a function of its arguments alone: no Pelican, no clock, no file. What is to be said is
gathered first (`site_feeds`, `site_calendars`) into a format-neutral value (`Feed`, `Calendar`),
which one or several serializers then write.
"""
