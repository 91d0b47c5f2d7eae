"""The public holidays of metropolitan France and their names."""

from datetime import date
from functools import lru_cache

from holidays import country_holidays


@lru_cache(maxsize=256)
def public_holidays(year: int) -> dict[date, str]:
    """Return the name of each public holiday of a year, in order of date.

    Two that fall on one day share it, as on the 1st of May 2008: « Ascension et Fête du Travail ».
    The library knows those that can be foretold; a year beyond has none.
    """
    found = country_holidays("FR", years=year, language="fr")
    return {day: " et ".join(found.get_list(day)) for day in sorted(found)}
