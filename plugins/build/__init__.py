"""The commands: build, check, preview, and the letter's; all or nothing, told in French."""
