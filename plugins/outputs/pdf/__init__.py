"""The letter as PDF/UA-1."""
