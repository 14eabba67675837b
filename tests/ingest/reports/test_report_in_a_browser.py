"""The HTML report of an audit as a browser shows it: a click on a figure tells how it was found."""

import base64
import hashlib
import subprocess
from pathlib import Path

import pytest
from lxml import html

from ingest.reports.audit_report import write_audit_report
from ingest.reports.kinds import ReportKind
from tests.ingest.reports.made_audits import made_audit
from tests.outside import require_program

CLICK = "document.querySelector('.figures td.repaired').click();"
PROXY = "--proxy-server=127.0.0.1:9"
"""A proxy that nobody runs: whatever the page wants from a network fails."""


@pytest.fixture(scope="module")
def clicked(tmp_path_factory: pytest.TempPathFactory) -> html.HtmlElement:
    """The page after a click on the repaired figure."""
    chromium = require_program("chromium")
    folder = tmp_path_factory.mktemp("browser")
    page = folder / "report.html"
    write_audit_report(page, ReportKind.HTML, [made_audit()])
    page.write_text(_with_click(page.read_text("utf-8")), "utf-8")
    return html.fromstring(_shown(chromium, page, folder))


def _with_click(page: str) -> str:
    """The page with a script more; it runs no script whose digest it does not name."""
    digest = base64.b64encode(hashlib.sha256(CLICK.encode()).digest()).decode()
    allowed = page.replace("script-src ", f"script-src 'sha256-{digest}' ")
    return allowed.replace("</body>", f"<script>{CLICK}</script></body>")


def _shown(chromium: str, page: Path, folder: Path) -> str:
    command = [
        chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", PROXY,
        f"--user-data-dir={folder / 'profile'}", "--dump-dom", page.as_uri(),
    ]  # fmt: skip
    done = subprocess.run(command, check=True, capture_output=True, timeout=120)
    return done.stdout.decode("utf-8")


def test_a_click_on_a_figure_shows_its_facts(clicked: html.HtmlElement) -> None:
    box = clicked.get_element_by_id("facts")
    facts = dict(
        zip(
            (name.text_content() for name in box.iter("dt")),
            (fact.text_content() for fact in box.iter("dd")),
            strict=True,
        )
    )
    assert "hidden" not in box.attrib
    assert (facts["印刷"], facts["采用"]) == ("7", "17")


def test_the_page_needs_nothing_from_a_network(clicked: html.HtmlElement) -> None:
    asked = clicked.xpath("//script/@src | //link/@href | //img/@src | //iframe/@src")
    assert [address for address in asked if not address.startswith("data:")] == []
