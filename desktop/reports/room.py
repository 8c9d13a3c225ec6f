"""报表: the papers of a case folder as PDF/A, and the annual list of cases on paper or as a spreadsheet. What is printed stands in the ledger."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.acts import Service, act, reading
from desktop.clock import stamp
from desktop.grants import local_text
from desktop.i18n import PAPER, speaking
from desktop.jobs import Progress, Silent
from desktop.reports import annual
from desktop.reports.forms import TITLES, AnnualList, Paper
from desktop.reports.gathering import Told, offered, read_case, told
from desktop.reports.joining import joined
from desktop.reports.sheets import annual_sheet
from desktop.tools.typesetting import typeset
from models.terms import CaseId


class Reports(Service):
    """Each work is one short act, which reads and is written down, and the typesetting after it, which holds up nobody."""

    @reading("reports.print", subject=lambda case_id: {"case": case_id})
    def offered(self, case_id: CaseId) -> list[Paper]:
        """The papers that can be printed of an opened case, in the order in which the folder holds them. Raises `Refusal` cases.not_opened."""
        with speaking(PAPER):
            return offered(read_case(self.archive, case_id))

    @reading("reports.print", signed_in=False)
    def papers(self, case_id: CaseId, wanted: Sequence[Paper] = (), progress: Progress = Silent()) -> bytes:
        """These papers of an opened case as one PDF/A-2b; all that it has where none is named. A job: call it from one.

        Raises `Refusal`: cases.not_opened, not_found, form.font_missing; `Cancelled` when the person asked to stop.
        """
        now = self.archive.clock.now()
        number, ready = self._printed(case_id, tuple(wanted))
        progress.begin(len(ready), "papers")
        parts = []
        for one in ready:
            parts.append((one.title, typeset(one.form, one.facts, now)))
            progress.step(one.title)
        return parts[0][1] if len(parts) == 1 else joined(parts, f"{number} 卷内材料")

    @reading("reports.annual")
    def annual_list(self, year: int, progress: Progress = Silent()) -> AnnualList:
        """年度案件清单 of a year: the cases begun in it that exist for the person. A job: items are asked of the rules case by case."""
        return annual.annual_list(self.archive, year, progress)

    @reading("reports.annual", signed_in=False)
    def annual_pdf(self, year: int, progress: Progress = Silent()) -> bytes:
        """The list as PDF/A-2b, landscape. Raises `Refusal` form.font_missing."""
        with speaking(PAPER):
            made, now = self.annual_list(year, progress), self.archive.clock.now()
            self._listed(year, len(made.lines), "pdf")
            printed = f"{self.archive.person.name}打印，{local_text(stamp(now))}"
            return typeset("annual_list", annual.paper_facts(self.archive.name, made, printed), now)

    @reading("reports.annual", signed_in=False)
    def annual_xlsx(self, year: int, progress: Progress = Silent()) -> bytes:
        """The list as a spreadsheet."""
        with speaking(PAPER):
            made = self.annual_list(year, progress)
        self._listed(year, len(made.lines), "xlsx")
        return annual_sheet(self.archive.name, made)

    @act("reports.print", subject=lambda case_id, wanted: {"case": case_id})
    def _printed(self, case_id: CaseId, wanted: tuple[Paper, ...]) -> tuple[str, list[Told]]:
        """Read what the papers say. Their forms stand in the entry, not their titles: a recording's own may be more than its reader may know."""
        with speaking(PAPER):
            case = read_case(self.archive, case_id)
            chosen = wanted or tuple(offered(case))
            ready = told(case, chosen)
        self._note(papers=[TITLES[one.form] for one in chosen])
        return case.folder.line.case_number, ready

    @act("reports.annual")
    def _listed(self, year: int, cases: int, form: str) -> None:
        """Write down that the list of a year was taken out."""
        self._note(year=year, cases=cases, form=form)
