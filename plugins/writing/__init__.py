"""Writing in the content folder for editors: new contents, invitations, the next letter."""
