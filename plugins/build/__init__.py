"""The commands: build, check, preview and the letter's, all or nothing, reported in French."""
