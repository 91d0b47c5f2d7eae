"""The addresses of the agenda's years and months."""


def year_address(year: int) -> str:
    """Return the address of a year's page."""
    return f"/agenda/{year:04d}/"


def month_address(year: int, month: int) -> str:
    """Return the address of a month's page."""
    return f"/agenda/{year:04d}/{month:02d}/"
