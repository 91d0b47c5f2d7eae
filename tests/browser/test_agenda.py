"""The agenda under a reader's hands: what time it is there, filters, bars, keyboard, paper."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, expect

from plugins.french.typography import plain
from tests.browser import agenda_events
from tests.browser.axe import overflow, violations
from tests.conftest import served
from tests.sites import BuiltSite

EVENT_PAGES = [f"/evenements/{name}/" for name in agenda_events.EVENTS]
VIEWS = [
    "/agenda/",
    "/agenda/2024/",
    "/agenda/2022/",
    "/agenda/2024/02/",
    "/agenda/2024/03/",
    "/agenda/2024/05/",
    "/agenda/2024/08/",
    *EVENT_PAGES,
]
WEBINAR = "/evenements/webinaire-operateurs/"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The published site, with events of every kind, built on the 8th of January 2024."""
    output = agenda_events.build(tmp_path_factory.mktemp("agenda"))
    with served(BuiltSite(output)) as address:
        yield address


def reader(browser: Browser) -> BrowserContext:
    """A reader far from Paris, to whom Paris's days are shown all the same."""
    return browser.new_context(
        viewport={"width": 1280, "height": 900}, timezone_id="Pacific/Auckland", locale="fr-FR"
    )


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """The reader's tab, whose clock stays where a test has set it: each opens its page by `at`."""
    context = reader(browser)
    yield context.new_page()
    context.close()


def at(page: Page, instant: str, address: str) -> None:
    """Open an address at an instant of Paris."""
    page.clock.set_fixed_time(dt.datetime.fromisoformat(instant))
    page.goto(address)


# The reader's clock


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2024-02-07T00:00:00+01:00", "2024-02-07"),
        ("2024-02-07T23:59:59+01:00", "2024-02-07"),
        ("2024-02-08T00:00:00+01:00", "2024-02-08"),
    ],
)
def test_today_is_the_day_in_paris(page: Page, url: str, instant: str, day: str) -> None:
    at(page, instant, f"{url}/agenda/2024/02/")
    today = page.locator(".month-grid [aria-current=date]")
    expect(today).to_have_count(1)
    expect(today).to_have_attribute("data-day", day)
    expect(today).to_have_class(re.compile(r"\bmonth-grid__day--now\b"))
    page.goto(f"{url}/agenda/2024/")
    month = page.locator(".frise [aria-current=date]")
    expect(month).to_have_count(1)
    expect(month).to_contain_text("févr.")


@pytest.mark.parametrize("instant", ["2024-01-20T12:00:00+01:00", "2025-06-01T12:00:00+02:00"])
def test_the_month_being_read_is_lit_in_the_frise(page: Page, url: str, instant: str) -> None:
    at(page, instant, f"{url}/agenda/2024/03/")
    lit = page.locator(".frise__month--now")
    expect(lit).to_have_count(1)
    expect(lit).to_contain_text("mars")
    expect(page.locator(".frise [aria-current]")).to_have_count(1)
    expect(page.locator(".frise [aria-current=page]")).to_contain_text("mars")


def test_no_day_is_today_in_another_month(page: Page, url: str) -> None:
    at(page, "2025-06-01T12:00:00+02:00", f"{url}/agenda/2024/01/")
    expect(page.locator("[aria-current=date]")).to_have_count(0)
    expect(page.locator(".month-grid__day--now")).to_have_count(0)


def test_the_matrix_lights_the_month(page: Page, url: str) -> None:
    at(page, "2024-03-20T12:00:00+01:00", f"{url}/agenda/2024/")
    lit = page.locator(".matrix thead .matrix__month--now")
    expect(lit).to_have_count(1)
    expect(lit).to_contain_text("mars")
    assert set(
        page.locator(".matrix__cell--now").evaluate_all("all => all.map(one => one.dataset.month)")
    ) == {"3"}


@pytest.mark.parametrize(
    ("instant", "said", "open_"),
    [
        ("2024-02-06T20:00:00+01:00", [], True),
        ("2024-02-07T09:00:00+01:00", ["C’est aujourd’hui."], True),
        ("2024-02-07T17:30:00+01:00", ["En cours."], True),
        ("2024-02-07T18:30:00+01:00", ["Cet événement a eu lieu."], False),
        ("2025-02-07T17:30:00+01:00", ["Cet événement a eu lieu."], False),
    ],
)
def test_an_event_says_its_own_state(
    page: Page, url: str, instant: str, said: list[str], open_: bool
) -> None:
    at(page, instant, url + WEBINAR)
    assert [n.strip() for n in page.locator(".notice:visible").all_inner_texts()] == said
    for name in ("S’inscrire par courriel", "Fichier ICS", "Google Agenda"):
        expect(page.get_by_role("link", name=name)).to_be_visible(visible=open_)


@pytest.mark.parametrize(
    ("instant", "closed"),
    [("2024-01-19T23:59:59+01:00", False), ("2024-01-20T00:00:00+01:00", True)],
)
def test_registration_closes_by_itself(page: Page, url: str, instant: str, closed: bool) -> None:
    at(page, instant, f"{url}/evenements/lancement-groupes-de-pairs/")
    state = page.get_by_text("Inscriptions closes depuis le vendredi 19 janvier 2024.")
    expect(state).to_be_visible(visible=closed)
    expect(page.get_by_role("link", name="S’inscrire en ligne")).to_be_visible(visible=not closed)
    interest = page.get_by_role("link", name=re.compile("pas disponible"))
    expect(interest).to_be_visible()


@pytest.mark.parametrize(
    ("instant", "closed"),
    [("2024-02-16T11:59:00+01:00", False), ("2024-02-16T12:00:00+01:00", True)],
)
def test_registration_told_in_a_text_closes_too(
    page: Page, url: str, instant: str, closed: bool
) -> None:
    at(page, instant, f"{url}/actualites/invitation/")
    state = page.get_by_text("Inscriptions closes depuis le vendredi 16 février 2024 à 12 h.")
    expect(state).to_be_visible(visible=closed)
    expect(page.get_by_role("link", name="formulaire en ligne")).to_be_visible(visible=not closed)


def test_the_next_sitting_comes_forward(page: Page, url: str) -> None:
    at(page, "2024-02-15T09:00:00+01:00", f"{url}/evenements/recurring/")
    expect(page.locator(".lead-date:visible")).to_have_count(1)
    expect(page.locator(".lead-date:visible")).to_contain_text("mars 2024")
    expect(page.locator(".occurrence--past")).to_have_count(2)


def test_what_is_over_leaves_the_agenda(page: Page, url: str) -> None:
    at(page, "2024-02-28T09:30:00+01:00", f"{url}/agenda/")
    expect(page.get_by_role("heading", name="janvier 2024")).to_be_hidden()
    assert page.locator(".occurrence:visible .occurrence__title").first.inner_text() == (
        "En cours Séminaire d’été de la communauté, avec un titre assez long pour passer "
        "sur plusieurs lignes"
    )
    expect(page.get_by_text("Aujourd’hui")).to_be_visible()
    expect(page.get_by_text("Les dates annoncées ici sont passées.")).to_be_hidden()


@pytest.mark.parametrize("address", ["/", "/agenda/"])
def test_when_all_is_over_the_list_says_so(page: Page, url: str, address: str) -> None:
    at(page, "2031-01-01T12:00:00+01:00", url + address)
    expect(page.get_by_text("Les dates annoncées ici sont passées.")).to_be_visible()
    expect(page.locator("[data-upcoming] .occurrence:visible")).to_have_count(0)


def test_an_open_page_follows_the_time(browser: Browser, url: str) -> None:
    page = reader(browser).new_page()
    page.clock.install(time=dt.datetime.fromisoformat("2024-02-07T16:59:30+01:00"))
    page.goto(url + WEBINAR)
    expect(page.get_by_text("C’est aujourd’hui.")).to_be_visible()
    page.clock.fast_forward("02:00")
    expect(page.get_by_text("En cours.")).to_be_visible()
    page.clock.fast_forward("02:00:00")
    expect(page.get_by_text("Cet événement a eu lieu.")).to_be_visible()
    page.context.close()


def test_a_preview_stays_at_its_instant(page: Page, site_url: str) -> None:
    at(page, "2031-01-01T12:00:00+01:00", f"{site_url}/agenda/2024/01/")
    expect(page.locator(".month-grid [aria-current=date]")).to_have_attribute(
        "data-day", "2024-01-08"
    )
    page.goto(site_url + WEBINAR)
    expect(page.get_by_text("Cet événement a eu lieu.")).to_be_hidden()


def test_without_scripts_the_day_is_that_of_the_build(browser: Browser, url: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{url}/agenda/2024/01/")
    expect(page.locator(".month-grid [aria-current=date]")).to_have_attribute(
        "data-day", "2024-01-08"
    )
    page.goto(url + WEBINAR)
    expect(page.get_by_role("link", name="S’inscrire par courriel")).to_be_visible()
    expect(page.locator(".notice:visible")).to_have_count(0)
    page.close()


# Filters


def titles(page: Page) -> list[str]:
    return page.locator(".months .occurrence__title a:visible").all_inner_texts()


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_a_filter_is_in_the_address_and_can_be_undone(page: Page, url: str) -> None:
    at(page, "2024-01-08T09:00:00+01:00", f"{url}/agenda/")
    everything = titles(page)
    count = page.get_by_role("status")
    closings = [title for title in everything if title.startswith("Clôture des inscriptions")]
    assert len(closings) == 2
    expect(count).to_have_text(f"{len(everything) - len(closings)} rendez-vous")

    page.get_by_label("Chantier ou groupe").select_option("numerique")
    assert asked(page) == {"collectif": ["numerique"]}
    kept = titles(page)
    assert "Café numérique" in kept
    assert "Convention des cadres dirigeants" in kept, "what concerns everyone concerns a group"
    assert "Plénière des jeunes cadres supérieurs" not in kept
    expect(count).to_have_text(f"{len(kept)} rendez-vous")

    page.get_by_label("Modalité").select_option("visio")
    assert asked(page) == {"collectif": ["numerique"], "modalite": ["visio"]}
    assert titles(page) == ["Café numérique"]
    expect(count).to_have_text("1 rendez-vous")
    expect(page.get_by_role("heading", name="janvier 2024")).to_be_hidden()

    page.reload()
    assert titles(page) == ["Café numérique"]
    expect(page.get_by_label("Modalité")).to_have_value("visio")

    page.go_back()
    expect(page.get_by_label("Modalité")).to_have_value("")
    assert titles(page) == kept
    page.get_by_role("link", name="Effacer les filtres").click()
    assert asked(page) == {}
    assert titles(page) == everything
    expect(page.get_by_role("link", name="Effacer les filtres")).to_be_hidden()


def test_a_deadline_goes_with_its_event_and_is_no_other_one(page: Page, url: str) -> None:
    at(page, "2024-01-08T09:00:00+01:00", f"{url}/agenda/?serie=atelier-des-retours")
    assert [plain(title) for title in titles(page)] == [
        "Visite du port",
        "Clôture des inscriptions : Atelier des retours d'expérience",
        "Atelier des retours d'expérience",
    ]
    expect(page.get_by_role("status")).to_have_text("2 rendez-vous")
    at(page, "2024-02-16T12:00:00+01:00", f"{url}/agenda/?serie=atelier-des-retours")
    assert [plain(title) for title in titles(page)] == ["Atelier des retours d'expérience"]


def test_a_deadline_has_a_mark_of_its_own_in_the_month(page: Page, url: str) -> None:
    at(page, "2024-01-08T09:00:00+01:00", f"{url}/agenda/2024/02/")
    marks = page.locator(".month-grid__mark").evaluate_all(
        "all => all.map(one => [getComputedStyle(one).rotate, getComputedStyle(one).borderRadius])"
    )
    assert marks.count(["45deg", "0px"]) == 1
    link = page.locator(".month-grid").get_by_role("link", name="Clôture des inscriptions")
    expect(link).to_have_attribute("href", "/evenements/postponed/")


def test_online_is_also_what_is_both(page: Page, url: str) -> None:
    at(page, "2024-01-08T09:00:00+01:00", f"{url}/agenda/?modalite=visio")
    kept = titles(page)
    assert {"Atelier des retours d’expérience", "Café numérique"} <= set(kept)


def test_nothing_answers(page: Page, url: str) -> None:
    at(page, "2024-01-08T09:00:00+01:00", f"{url}/agenda/?organisation=dextera&modalite=visio")
    page.get_by_label("Chantier ou groupe").select_option("operateurs")
    expect(page.get_by_role("status")).to_have_text("Aucun rendez-vous ne répond à ce choix.")
    assert titles(page) == []


def test_an_unknown_value_narrows_nothing(page: Page, url: str) -> None:
    at(page, "2024-01-08T09:00:00+01:00", f"{url}/agenda/?collectif=inconnu&autre=1")
    assert len(titles(page)) > 20


def test_the_year_has_the_same_filters(page: Page, url: str) -> None:
    at(page, "2024-01-08T09:00:00+01:00", f"{url}/agenda/2024/?serie=atelier-des-retours")
    assert titles(page) == ["Visite du port", "Atelier des retours d’expérience"]


def test_filters_are_worked_from_the_keyboard(page: Page, url: str) -> None:
    at(page, "2024-01-08T09:00:00+01:00", f"{url}/agenda/")
    page.get_by_label("Chantier ou groupe").focus()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    assert len(asked(page)["collectif"]) == 1
    page.keyboard.press("Tab")
    expect(page.get_by_label("Organisation")).to_be_focused()
    page.go_back()
    assert asked(page) == {}, "going through the answers is one step back"


def test_without_scripts_pages_of_groups_serve(browser: Browser, url: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{url}/agenda/?collectif=numerique")
    expect(page.locator(".filters")).to_be_hidden()
    page.get_by_text("Les dates d’un chantier ou d’un groupe").click()
    page.get_by_role("link", name="Approfondir la transformation numérique").first.click()
    assert urlsplit(page.url).path == "/chantiers/numerique/"
    page.close()


# The month


def test_several_days_are_one_bar_under_their_days(page: Page, url: str) -> None:
    for month, weeks in (
        ("02", [("2024-02-26", "2024-02-29")]),
        ("03", [("2024-03-01", "2024-03-03"), ("2024-03-04", "2024-03-06")]),
    ):
        at(page, "2024-01-08T09:00:00+01:00", f"{url}/agenda/2024/{month}/")
        bars = page.locator(".month-grid__cell--bar", has_text="Séminaire d’été")
        expect(bars).to_have_count(len(weeks))
        for number, (first, last) in enumerate(weeks):
            bar, start, end = (
                locator.bounding_box()
                for locator in (
                    bars.nth(number),
                    page.locator(f"th[data-day='{first}']"),
                    page.locator(f"th[data-day='{last}']"),
                )
            )
            assert bar
            assert start
            assert end
            assert bar["x"] == pytest.approx(start["x"], abs=1)
            assert bar["x"] + bar["width"] == pytest.approx(end["x"] + end["width"], abs=1)


def test_a_day_is_said_in_full(page: Page, url: str) -> None:
    at(page, "2024-01-08T09:00:00+01:00", f"{url}/agenda/2024/05/")
    name = re.compile(r"^mercredi 1er mai 2024 Fête du Travail\s?, jour férié$")
    expect(page.get_by_role("columnheader", name=name)).to_have_count(1)
    expect(page.get_by_role("columnheader", name="lundi", exact=True)).to_have_count(1)
    link = page.get_by_role("link", name="Permanence du mardi").first
    expect(link).to_be_visible()


def test_a_phone_has_the_list(browser: Browser, url: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(f"{url}/agenda/2024/05/")
    expect(page.locator(".month-grid a:visible")).to_have_count(0)
    expect(page.locator(".month-dates a:visible")).to_have_count(1)
    expect(page.locator(".month-grid__note")).to_contain_text("Fête du Travail")
    page.close()


# The event


def test_postponed_the_old_date_is_struck_the_new_one_beside_it(page: Page, url: str) -> None:
    at(page, "2024-01-08T09:00:00+01:00", f"{url}/evenements/postponed/")
    lead = page.locator(".lead-date")
    expect(lead.locator(".date-block time")).to_have_text("mardi 20 février 2024")
    expect(lead.locator("s")).to_have_text("Ancienne date : mardi 30 janvier 2024")
    expect(lead.locator(".when").last).to_have_text("14 h – 17 h")
    expect(page.locator(".lead-date")).to_contain_text("3 h, heure de Paris")
    expect(page.get_by_role("link", name="Rejoindre la visioconférence")).to_be_visible()


def test_postponed_without_a_new_date(page: Page, url: str) -> None:
    at(page, "2024-01-08T09:00:00+01:00", f"{url}/evenements/awaiting/")
    expect(page.locator(".lead-date s")).to_have_text("Ancienne date : lundi 12 février 2024")
    expect(page.get_by_text("Nouvelle date à venir")).to_be_visible()
    expect(page.get_by_role("link", name="Google Agenda")).to_have_count(0)


def test_cancelled_says_so_first(page: Page, url: str) -> None:
    at(page, "2024-01-08T09:00:00+01:00", f"{url}/evenements/cancelled/")
    expect(page.locator(".sheet__margin > :first-child")).to_have_text(
        "Annulé. Cet événement n’aura pas lieu."
    )
    at(page, "2024-03-01T09:00:00+01:00", f"{url}/evenements/cancelled/")
    expect(page.get_by_text("a eu lieu")).to_have_count(0)


def test_the_others_of_the_series(page: Page, url: str) -> None:
    at(page, "2024-01-08T09:00:00+01:00", f"{url}/evenements/postponed/")
    series = page.get_by_role("region", name="Dans la même série")
    expect(series).to_contain_text("2e atelier des retours, saison 2024")


def test_a_sitting_goes_to_a_calendar_from_the_keyboard(page: Page, url: str) -> None:
    at(page, "2024-01-08T09:00:00+01:00", f"{url}/evenements/reunions-numerique/")
    summary = page.locator("summary").first
    summary.focus()
    page.keyboard.press("Enter")
    link = page.locator(".occurrence").first.get_by_role("link", name="Outlook.com")
    expect(link).to_be_visible()
    for _ in ("Fichier ICS", "Google Agenda", "Outlook.com"):
        page.keyboard.press("Tab")
    expect(link).to_be_focused()


# Every view


@pytest.fixture(scope="module")
def screen(axe_page: Page) -> CDPSession:
    """What makes a tab one that is touched."""
    return axe_page.context.new_cdp_session(axe_page)


@pytest.mark.parametrize("view", VIEWS)
def test_accessibility(axe_page: Page, screen: CDPSession, url: str, view: str) -> None:
    """On a phone by day, on a desk by night: each has the width, the touch and the colours."""
    axe_page.set_viewport_size({"width": 320, "height": 900})
    axe_page.emulate_media(color_scheme="light")
    screen.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    at(axe_page, "2024-02-27T10:00:00+01:00", url + view)
    axe_page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    assert [*violations(axe_page), *overflow(axe_page)] == [], "320 light"
    axe_page.set_viewport_size({"width": 1280, "height": 900})
    axe_page.emulate_media(color_scheme="dark")
    screen.send("Emulation.setTouchEmulationEnabled", {"enabled": False})
    assert [*violations(axe_page), *overflow(axe_page)] == [], "1280 dark"


def test_focus_is_seen_and_never_lost(page: Page, url: str) -> None:
    """Every stop of the keyboard on a month is shown, has a name and can be seen."""
    at(page, "2024-01-08T09:00:00+01:00", f"{url}/agenda/2024/02/")
    stops = page.locator("main :is(a, select, summary):visible").count()
    page.locator("main").focus()
    faint = []
    for _ in range(stops):
        page.keyboard.press("Tab")
        faint += page.evaluate(
            """() => {
              const one = document.activeElement;
              const seen = parseFloat(getComputedStyle(one).outlineWidth) >= 3
                && one.checkVisibility() && one.closest("main");
              return seen ? [] : [one.outerHTML.slice(0, 120)];
            }"""
        )
    assert faint == []


@pytest.mark.parametrize("view", VIEWS)
def test_print_on_one_page(page: Page, url: str, view: str) -> None:
    at(page, "2024-01-08T09:00:00+01:00", url + view)
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
