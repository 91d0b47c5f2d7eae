"""Invitations of Outlook, Google and others (iCalendar), read as events."""
