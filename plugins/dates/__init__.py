"""Dates: approximate ones (EDTF), periods, recurrence, the clock, and all of it in French words."""
