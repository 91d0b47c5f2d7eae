"""A calendar of one event that fills every property."""

from __future__ import annotations

import datetime as dt

from plugins.dates.moments import PARIS
from plugins.outputs.calendars.calendar import (
    Calendar,
    CalendarEvent,
    CalendarImage,
    CalendarStatus,
)

WEBINAR = CalendarEvent(
    uid="96ffac9e-2345-58e0-9407-98041fd4b447",
    summary="Webinaire, à destination ; des opérateurs",
    start=dt.datetime(2024, 2, 7, 17, tzinfo=PARIS),
    end=dt.datetime(2024, 2, 7, 18, 30, tzinfo=PARIS),
    stamp=dt.datetime(2024, 1, 4, tzinfo=PARIS),
    address="https://passerelle.example/evenements/webinaire/",
    status=CalendarStatus.CONFIRMED,
    is_busy=True,
    description="Une ligne, puis\nune autre ; avec un \\.",
    location="Tour Séquoia, Puteaux",
    online_url="https://visio.example/salle?id=1,2",
    image=CalendarImage("https://passerelle.example/images/webinaire-1200.jpg", "image/jpeg"),
    categories=("Opérateurs, agences", "Numérique"),
    created=dt.datetime(2023, 12, 20, 10, tzinfo=PARIS),
    modified=dt.datetime(2024, 1, 4, tzinfo=PARIS),
)
CALENDAR = Calendar(
    name="Passerelle\u00a0: agenda",
    description="Tous les événements, ensemble.",
    address="https://passerelle.example/agenda/",
    events=(WEBINAR,),
    calendar_address="https://passerelle.example/agenda/tout.ics",
)
