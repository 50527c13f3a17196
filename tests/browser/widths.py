"""How a page fits its window."""

from playwright.sync_api import Page


def too_wide(page: Page) -> int:
    """By how many pixels a page that has come in whole is wider than its window."""
    page.wait_for_load_state()
    return page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
