"""Sending the letter: what touches the network, the journal, and the commands behind the tasks."""
