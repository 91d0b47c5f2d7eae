"""The next issue of the letter, proposed from what happened since the last one."""
