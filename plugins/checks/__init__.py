"""Checks of the contents and of the plan: errors and warnings."""
