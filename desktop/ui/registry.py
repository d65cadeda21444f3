"""Which class shows which place, each loaded when it is first asked for."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from desktop.domain.people import Role
from desktop.ui.page import Page

# Page → (module, class). Nothing here knows a service.
_PAGES = {
    "home": ("home", "Home"),
    "form": ("case_form", "CaseForm"),
    "outcome": ("outcome", "OutcomePage"),
    "letter": ("letter", "LetterPage"),
    "queue": ("queue", "QueuePage"),
    "case": ("case", "CasePage"),
    "search": ("search", "SearchPage"),
    "services": ("services", "ServicesPage"),
    "municipal-queue": ("municipal_queue", "MunicipalQueuePage"),
    "municipal-case": ("municipal_case", "MunicipalCasePage"),
    "city-day": ("supervisor_day", "SupervisorDay"),
    "watch": ("watch", "WatchPage"),
    "records": ("records", "RecordsPage"),
    "service-files": ("service_list", "ServiceFilesPage"),
    "service-editor": ("service_editor", "ServiceEditor"),
    "service-version": ("service_reader", "VersionPage"),
    "publication": ("service_reader", "PublicationPage"),
    "basket": ("basket", "BasketPage"),
    "checklist": ("checklist", "ChecklistPage"),
    "cash": ("cash", "CashPage"),
    "waiting": ("waiting", "WaitingPage"),
    "keys": ("keys", "KeysPage"),
}


def page_class(name: str) -> type[Page]:
    """The class of the page. Heavy pages cost their import only to who opens them."""
    module, cls = _PAGES[name]
    return cast(type[Page], getattr(import_module(f"desktop.ui.pages.{module}"), cls))


def first_page(role: Role) -> str:
    """Where a person's day begins."""
    if role is Role.SUPERVISOR:
        return "city-day"
    return "municipal-queue" if role.is_municipal else "home"
