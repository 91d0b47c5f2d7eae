"""What is wrong in the contents, or could be better."""
