"""Sending the letter: the SMTP session, its settings, its failures, and the journal of sendings."""
