"""What is done with the procedure of an opened case: papers confirmed, questions answered, items waived, limits, the end, filing with gaps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from desktop.i18n import _
from desktop.jobs import Progress
from desktop.policy.powers import PowerList
from desktop.policy.verdicts import ItemVerdict
from desktop.policy.vocabulary import vocabulary
from models.facts import Matter
from models.terms import CaseId
from views.cases.clock_acts import ClockActs
from views.cases.clocks import Clocks
from views.cases.closing import Closing
from views.cases.item_view import ItemView
from views.cases.matter_form import MatterForm
from views.cases.paper_form import PaperForm
from views.cases.questions import Questions
from views.common.dialogs import ask_password

if TYPE_CHECKING:
    from views.cases.case_page import CasePage


class ProcedureActs:
    """Owns what opens beside the completeness, the clocks and the closing, and sends what they say."""

    def __init__(self, page: CasePage) -> None:
        self.page = page

    def build(self) -> Iterator[None]:
        """Make the forms, some at a turn."""
        page = self.page
        self.item, self.paper = ItemView(page), PaperForm()
        yield
        self.questions, self.matter = Questions(), MatterForm()
        yield
        self.clocks = Clocks(page)
        yield
        self.closing = Closing(page)
        yield
        self.forms = (self.item, self.paper, self.questions, self.matter)
        self.item.confirm.connect(self.begin_paper)
        self.item.ask.connect(self.begin_questions)
        self.item.waive.connect(self._waive)
        self.item.unwaive.connect(self._unwaive)
        for form, send in ((self.paper, self._confirm), (self.questions, self._answer), (self.matter, self._state_matter)):
            form.sent.connect(send)
            form.left.connect(page.close_form)
        self.questions.matter_wanted.connect(self.begin_matter)
        self.of_clocks = ClockActs(page, self.clocks)
        self._of_closing()

    @property
    def _case(self) -> CaseId:
        assert self.page.case is not None
        return self.page.case

    @property
    def _room(self) -> Any:
        return self.page.archive.procedure

    def _act(self, job: Callable[[Any], object], words: str, refused: Callable[[str], object], after: Callable[[], object] | None = None) -> None:
        self.page.acts.act(job, words, after, refused)

    # Items
    def begin_paper(self, item: ItemVerdict | None = None) -> None:
        """The form of a paper, for an item or for the record that one stands on."""
        page = self.page
        if page.read is None or page.read.course is None:
            return
        record = page.detail.record
        page.cover(self.paper, _("Confirm a paper"))
        officers = tuple(one.name for one in page.read.folder.officers)
        self.paper.begin(page.read.course, officers, item, record.id if record else None, page.may("procedure.paper_confirm"))

    def begin_questions(self) -> None:
        page = self.page
        if page.read is not None and page.read.course is not None:
            page.cover(self.questions, _("Facts of the case"))
            self.questions.begin(page.read.course, page.may("procedure.answer"))

    def begin_matter(self) -> None:
        """What the case is about and what was decided, as it was stated so far."""
        page, case = self.page, self._case
        registers, room = page.archive.registers, self._room

        def read(_progress: Progress) -> tuple[PowerList | None, Matter | None]:
            listed = registers.powers().listed if page.may("registers.read").allowed else None
            return listed, room.matter(case)

        def begin(found: tuple[PowerList | None, Matter | None]) -> None:
            if page.case == case:
                page.cover(self.matter, _("Act and penalties"))
                self.matter.begin(*found, page.may("procedure.matter"))

        page.run(read, begin, lane="reads")

    def _state_matter(self) -> None:
        room, case, matter, reason = self._room, self._case, self.matter.matter, self.matter.why.words
        self._act(lambda _p: room.matter_set(case, matter, reason), _("The act and the penalties are stated."), self.matter.refuse)

    def _confirm(self) -> None:
        room, record, draft, reason = self._room, self.paper.record, self.paper.draft(), self.paper.why.words
        self.paper.send.allow(False, _("Saving …"))
        self._act(lambda _p: room.paper_confirm(record, draft, reason), _("The paper is confirmed."), self.paper.refuse, self.page.back_to_item)

    def _answer(self) -> None:
        room, case, answers, reason = self._room, self._case, self.questions.answers, self.questions.why.words
        self._act(lambda _p: room.answer(case, answers, reason), _("The answers are saved."), self.questions.refuse)

    def _waive(self, item: str, reason: str) -> None:
        room, case = self._room, self._case
        self._act(lambda _p: room.waive(case, item, reason), _("The item is stated not to apply."), self.item.refuse, self.page.back_to_item)

    def _unwaive(self, item: str, reason: str) -> None:
        room, case = self._room, self._case
        self._act(lambda _p: room.unwaive(case, item, reason), _("The item is wanted again."), self.item.refuse, self.page.back_to_item)

    # End, filing, keeping
    def _of_closing(self) -> None:
        one = self.closing
        one.ended.connect(self._end)
        one.end_withdrawn.connect(self._end_back)
        one.ordered.connect(self._order)
        one.kept.connect(self._keep)
        one.held.connect(self._hold)
        one.released.connect(self._release)
        one.item_wanted.connect(self.page.open_item)

    def _end(self, kind: str, on: date) -> None:
        """Stating the end is signed: the password opens the person's key."""
        room, case = self._room, self._case
        what = _("Enforcement ended on {day} ({kind}). You sign this with your own key.").format(
            day=on.isoformat(), kind=vocabulary().title("end", kind))

        def job(password: str, _progress: Progress) -> None:
            room.case_end(case, kind, on, password)

        ask_password(self.page, self.page.bridge, _("End of enforcement"), what, _("Sign"), job, lambda _r: self._signed(_("The end is signed.")))

    def _order(self, reason: str) -> None:
        room, case, read = self._room, self._case, self.page.read
        count = len(read.course.wanting) if read is not None and read.course is not None else 0
        what = _("The case may then be filed without {n} required items. The gaps stay visible for ever, with your name.").format(n=count)

        def job(password: str, _progress: Progress) -> None:
            room.order_filing(case, reason, password)

        ask_password(self.page, self.page.bridge, _("Order filing with gaps"), what, _("Sign"), job,
                     lambda _r: self._signed(_("Filing with gaps is ordered.")))

    def _signed(self, words: str) -> None:
        self.page.say("good", words)
        self.page.reread()

    def _stay(self) -> None:
        """The closing stays in view after an act made there."""

    def _end_back(self, reason: str) -> None:
        room, case = self._room, self._case
        self._act(lambda _p: room.case_end_withdraw(case, reason), _("The end is taken back."), self.closing.back_form.refuse, self._stay)

    def _keep(self, years: int, reason: str) -> None:
        room, case = self._room, self._case
        self._act(lambda _p: room.retention_set(case, years, reason), _("The period is set."), self.closing.retention.refuse, self._stay)

    def _hold(self, reason: str) -> None:
        room, case = self._room, self._case
        self._act(lambda _p: room.hold(case, reason), _("The case is held."), self.closing.hold_form.refuse, self._stay)

    def _release(self, reason: str) -> None:
        room, case = self._room, self._case
        self._act(lambda _p: room.release(case, reason), _("The hold is released."), self.closing.release_form.refuse, self._stay)
