"""The header of an event: its dates are written here and nowhere else."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator
from pydantic_core import InitErrorDetails, ValidationError

from plugins.dates.moments import Moment, Period
from plugins.dates.parsing import parse_end
from plugins.dates.recurrence import Change, Fault, RecurrenceSet
from plugins.dates.recurrence_phrases import excluded, rule_of, without_months
from plugins.faults import SiblingError
from plugins.models.fields import (
    Attachment,
    End,
    EventStatus,
    Mailbox,
    Mode,
    Name,
    Part,
    Place,
    PlainLine,
    Reference,
    RefersTo,
    Text,
    Texts,
    WebAddress,
    When,
    YesNo,
    closest_value,
    listed,
    standing_for,
)
from plugins.models.headers import Header

EVERYONE = "tous"
MONTHS = range(1, 13)


class PartOfDay(StrEnum):
    """The part of a day that an event takes, when its hours are not known."""

    DAY = "journée"
    HALF_DAY = "demi-journée"
    MORNING = "matinée"
    AFTERNOON = "après-midi"
    EVENING = "soirée"


ModeField = Annotated[Mode, closest_value(Mode)]
StatusField = Annotated[EventStatus, closest_value(EventStatus)]
PlaceField = Annotated[Place, standing_for("nom")]


_HOURS = "L’heure s’écrit après le jour : « debut: 2024-02-07 17:00 », puis « fin: 18:30 »."
_START, _END = (f"Vouliez-vous écrire « {name} » ?" for name in ("debut", "fin"))


class Timed(Part):
    """The dates, the mode and the place of an event, or of one of its sessions."""

    # What editors of other agendas write; no spelling is near.
    HINTS: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("heure", "heures", "horaire", "horaires"), _HOURS),
        **dict.fromkeys(("heure_debut", "heure_de_debut", "heure_fin", "heure_de_fin"), _HOURS),
        **dict.fromkeys(("date_debut", "date_de_debut"), _START),
        **dict.fromkeys(("date_fin", "date_de_fin"), _END),
    }

    start: When | None = Field(
        None,
        alias="debut",
        description="Jour (2024-03-25), jour et heure de Paris (2024-02-07 17:00) "
        "ou date approximative (2024-03, 2024-T4, 2024).",
        examples=["2024-02-07 17:00", "2024-03-25", "2024-T4"],
    )
    end: End | None = Field(
        None,
        alias="fin",
        description="Fin : un jour, un jour et une heure, ou une heure du même jour (18:30).",
        examples=["18:30", "2024-03-26"],
    )
    part_of_day: Annotated[PartOfDay, closest_value(PartOfDay)] | None = Field(
        None,
        alias="moment",
        description="Sans heures : journée, demi-journée, matinée, après-midi ou soirée.",
        examples=["après-midi"],
    )
    mode: ModeField | None = Field(
        None, alias="modalite", description="présentiel, visio, hybride ou à définir."
    )
    place: PlaceField | None = Field(None, alias="lieu", description="Lieu : nom, adresse, ville.")
    online_url: WebAddress | None = Field(
        None, alias="lien_visio", description="Adresse de la visioconférence."
    )

    @property
    def period(self) -> Period | None:
        """The span of time from `debut` to `fin`, None without `debut`."""
        if self.start is None:
            return None
        return Period(self.start, parse_end(self.end, self.start) if self.end else None)

    @field_validator("end")
    @classmethod
    def _check_period(cls, end: str | None, info: ValidationInfo) -> str | None:
        """Refuse an end without or before its start; a faulty start has its own fault already."""
        if end is None or "start" not in info.data:
            return end
        start = info.data["start"]
        if start is None:
            raise ValueError("une fin est donnée sans début. Ajoutez « debut » ou retirez « fin ».")
        Period(start, parse_end(end, start))
        return end

    @field_validator("part_of_day")
    @classmethod
    def _check_part_of_day(cls, part: PartOfDay | None, info: ValidationInfo) -> PartOfDay | None:
        """Refuse a part of day beside an hour: one of them would be wrong some day."""
        start = info.data.get("start")
        if part and start is not None and start.time is not None:
            raise ValueError(
                f"« {part} » : l’heure de « debut » suffit. Retirez « moment », ou l’heure."
            )
        return part


class Session(Timed):
    """One sitting of an event that has several."""

    start: When = Field(
        alias="debut",
        description="Jour, jour et heure, ou date approximative de la séance.",
        examples=["2024-01-31"],
    )
    title: Text | None = Field(None, alias="titre", description="Ce qui distingue la séance.")
    status: StatusField | None = Field(
        None, alias="statut", description="confirmé, à confirmer, reporté ou annulé."
    )


class RecurrenceException(Part):
    """A sitting of a recurring event that is moved, cancelled or told apart."""

    date: When = Field(alias="date", description="Le jour prévu par la règle.")
    start: When | None = Field(
        None, alias="debut", description="La nouvelle date, quand la séance est déplacée."
    )
    end: End | None = Field(None, alias="fin", description="Sa nouvelle fin.")
    status: StatusField | None = Field(
        None, alias="statut", description="annulé, reporté, à confirmer ou confirmé."
    )
    title: Text | None = Field(None, alias="titre", description="Ce qui distingue la séance.")

    @property
    def change(self) -> Change:
        """The exception in the form that `RecurrenceSet` takes."""
        is_cancelled = self.status is EventStatus.CANCELLED
        return Change(self.date, self.start, self.end, self.status, self.title, is_cancelled)


def _phrase(text: str) -> str:
    rule_of(text)
    return text


def _exclusion(text: str) -> str:
    excluded(text)
    return text


Exclusions = Annotated[
    tuple[Annotated[PlainLine, AfterValidator(_exclusion)], ...], BeforeValidator(listed)
]


def _last_day(day: Moment) -> Moment:
    if day.is_approximate or day.time is not None:
        raise ValueError(f"« {day} » n’est pas un jour. Écrivez un jour, par exemple 2024-06-30.")
    return day


class Recurrence(Part):
    """The return of an event: in words, by a rule, by a list of days, or several of them."""

    phrase: Annotated[PlainLine, AfterValidator(_phrase)] | None = Field(
        None,
        alias="chaque",
        description="Quand l’événement revient, en français.",
        examples=["premier mardi du mois"],
    )
    exclusions: Exclusions = Field(
        (),
        alias="sauf",
        description="Les mois, ou les jours, où il ne revient pas.",
        examples=["[août]"],
    )
    last_day: Annotated[When, AfterValidator(_last_day)] | None = Field(
        None, alias="jusqu_au", description="Le dernier jour où il peut revenir."
    )
    count: Annotated[int, Field(ge=1, le=1000)] | None = Field(
        None,
        alias="fois",
        description="Combien de fois il a lieu, la première comprise.",
        examples=[10],
    )
    rule: PlainLine | None = Field(
        None,
        alias="regle",
        description="Règle RRULE (RFC 5545), par exemple FREQ=MONTHLY;BYDAY=1TU;COUNT=6.",
        examples=["FREQ=MONTHLY;BYDAY=1TU;COUNT=6"],
    )
    dates: tuple[When, ...] = Field(
        (), alias="dates", description="D’autres jours, en plus de la règle ou à sa place."
    )
    exceptions: tuple[RecurrenceException, ...] = Field(
        (), alias="exceptions", description="Les séances déplacées ou annulées."
    )

    @property
    def _months_off(self) -> set[int]:
        found = map(excluded, self.exclusions)
        return {month for item in found if isinstance(item, tuple) for month in item}

    def of(self, first: Period) -> RecurrenceSet:
        """Return the sittings of an event whose own period is the first one."""
        changes = tuple(exception.change for exception in self.exceptions)
        if self.phrase is None:
            return RecurrenceSet(first, self.rule, self.dates, changes)
        days = tuple(item for item in map(excluded, self.exclusions) if isinstance(item, Moment))
        rule = without_months(rule_of(self.phrase), self._months_off)
        if self.last_day:
            rule += f";UNTIL={self.last_day.first:%Y%m%d}"
        elif self.count:
            rule += f";COUNT={self.count}"
        phrase = ", sauf ".join((self.phrase, *self.exclusions))
        return RecurrenceSet(first, rule, self.dates, changes, days, phrase)

    def contradictions(self) -> Iterator[Fault]:
        """Yield a fault per field that does not go with another one of the group."""
        ends = {"jusqu_au": self.last_day, "fois": self.count}
        if self.phrase is None:
            for name, value in {"sauf": self.exclusions, **ends}.items():
                if value:
                    yield Fault(
                        (name,),
                        "",
                        f"« {name} » complète « chaque », qui manque. Ajoutez par exemple "
                        "« chaque: premier mardi du mois ».",
                    )
            return
        if self.rule:
            yield Fault(
                ("regle",),
                self.rule,
                "« chaque » dit déjà quand l’événement revient. Gardez l’un des deux.",
            )
        if all(ends.values()):
            yield Fault(
                ("fois",),
                str(self.count),
                "« jusqu_au » dit déjà la fin. Gardez l’un des deux.",
            )
        if self._months_off and rule_of(self.phrase).startswith("FREQ=YEARLY"):
            # There, BYMONTH would add months instead of leaving some out (RFC 5545, 3.3.10).
            yield Fault(
                ("sauf",),
                "",
                "un événement annuel revient au mois de « debut », et à aucun autre. "
                "Retirez les mois.",
            )
        elif self._months_off and "BYMONTH=" in rule_of(self.phrase):
            yield Fault(("sauf",), "", "« chaque » nomme déjà les mois. Retirez ceux-ci.")
        elif len(self._months_off) == len(MONTHS):
            yield Fault(
                ("sauf",), "", "tous les mois sont exclus : il ne resterait aucun jour. Retirez-en."
            )


class Series(Part):
    """The series to which an event belongs."""

    name: Name = Field(
        alias="nom", description="Nom de la série.", examples=["Déjeuner passerelle"]
    )
    number: Annotated[int, Field(ge=1, le=9999)] | None = Field(
        None, alias="numero", description="Rang dans la saison."
    )
    season: PlainLine | None = Field(None, alias="saison", description="Saison, par exemple 2023.")


def _precise(deadline: Moment) -> Moment:
    if deadline.is_approximate:
        raise ValueError(
            f"« {deadline} » n’est pas un jour précis. Écrivez un jour, par exemple 2024-01-19."
        )
    return deadline


class Registration(Part):
    """The registration: its form or mailbox, its deadline, its places."""

    url: WebAddress | None = Field(None, alias="url", description="Adresse du formulaire.")
    contact: Mailbox | None = Field(None, alias="contact", description="Boîte fonctionnelle.")
    deadline: Annotated[When, AfterValidator(_precise)] | None = Field(
        None, alias="avant_le", description="Dernier jour (ou jour et heure) pour s’inscrire."
    )
    places: Annotated[int, Field(ge=1, le=1_000_000)] | None = Field(
        None, alias="places", description="Nombre de places."
    )
    full: YesNo = Field(False, alias="complet", description="oui quand il ne reste pas de place.")
    interest: WebAddress | None = Field(
        None, alias="interet", description="Formulaire pour qui est intéressé mais pas disponible."
    )


class EventHeader(Timed, Header):
    """The header of an event."""

    sessions: tuple[Session, ...] = Field(
        (),
        alias="seances",
        description="Les séances, quand il y en a plusieurs.",
        validate_default=True,
    )
    recurrence: Annotated[Recurrence, standing_for("chaque")] | None = Field(
        None, alias="recurrence", description="Quand l’événement revient régulièrement."
    )
    previous_start: When | None = Field(
        None,
        alias="debut_initial",
        description="Date d’abord annoncée, quand l’événement est reporté.",
    )
    group: Annotated[Reference, RefersTo(("group",))] | None = Field(
        None,
        alias="collectif",
        description="Chantier ou groupe qui se réunit ; « tous » quand chacun est concerné.",
    )
    series: Series | None = Field(None, alias="serie", description="Série de rendez-vous.")
    audience: Texts = Field((), alias="public", description="À qui l’événement s’adresse.")
    registration: Registration | None = Field(
        None, alias="inscription", description="Comment s’inscrire."
    )
    speakers: Texts = Field((), alias="intervenants", description="Qui parle.")
    sponsors: Texts = Field((), alias="parrains", description="Qui soutient l’événement.")
    event_status: StatusField = Field(
        EventStatus.CONFIRMED,
        alias="statut_evenement",
        description="confirmé, à confirmer, reporté ou annulé.",
    )
    documents: tuple[Attachment, ...] = Field(
        (), alias="documents", description="Fichiers à télécharger."
    )

    @property
    def recurrence_set(self) -> RecurrenceSet | None:
        """The sittings of an event that comes back, None for any other."""
        if self.recurrence is None or self.period is None:
            return None
        return self.recurrence.of(self.period)

    @field_validator("recurrence")
    @classmethod
    def _check_recurrence(
        cls, recurrence: Recurrence | None, info: ValidationInfo
    ) -> Recurrence | None:
        """Judge the recurrence against the start; a faulty start has its own fault already."""
        start, end = info.data.get("start"), info.data.get("end")
        if recurrence is None or "start" not in info.data:
            return recurrence
        if start is None:
            raise SiblingError(
                "recurrence",
                "un événement qui revient a besoin d’un « debut », et n’a pas de « seances ». "
                "Donnez la date de la première fois, ou retirez « recurrence ».",
            )
        first = Period(start, parse_end(end, start) if end else None)
        if errors := [_error(fault) for fault in recurrence.contradictions()]:
            raise ValidationError.from_exception_data("Recurrence", errors)
        if errors := [_error(fault) for fault in recurrence.of(first).faults()]:
            raise ValidationError.from_exception_data("Recurrence", errors)
        return recurrence

    @field_validator("sessions")
    @classmethod
    def _check_dates(
        cls, sessions: tuple[Session, ...], info: ValidationInfo
    ) -> tuple[Session, ...]:
        """Require a start or sessions, not both; a faulty start has its own fault already."""
        start = info.data.get("start")
        if "start" in info.data and start is None and not sessions:
            raise SiblingError(
                "debut",
                "le champ est obligatoire et manque. Ajoutez « debut: 2024-03-25 », "
                "ou des « seances ».",
            )
        if start is not None and sessions:
            raise SiblingError(
                "debut",
                f"« {start} » : les dates des « seances » suffisent. "
                "Retirez « debut » (et « fin »).",
            )
        return sessions


def _error(fault: Fault) -> InitErrorDetails:
    """Return a fault as Pydantic's, which adds the place of the recurrence before its own."""
    error = {"error": ValueError(fault.message)}
    return InitErrorDetails(type="value_error", loc=fault.path, input=fault.value, ctx=error)
