"""Dates: approximate ones (EDTF), periods, recurrences, the clock, and their French words."""
