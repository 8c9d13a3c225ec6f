"""The four figures that a period comes down to, in a row above the plot."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame

from desktop.i18n import _
from desktop.statistics.forms import Covered, Sums
from views.common import Text, figures, hbox, text, vbox
from views.common.layout import frame
from views.statistics.words import of_words, share_words


class Figures(QFrame):
    """Each figure with what it counts and how many stand behind it."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[tuple[QFrame, Text, Text, str]] = []
        box = hbox(gap=12)
        for title in (_("Recordings handed in on time"), _("Cases filed on time"), _("Activities recorded that must be"), _("Not kept")):
            number, behind = text("–", "figure"), text("", "small", "ink2", elide=True)
            place = frame(vbox(text(title, "small", "ink3", elide=True), hbox(number, (behind, 1), gap=12), gap=0, margins=(16, 6, 16, 6)),
                          "plain", title)
            self._parts.append((place, number, behind, title))
            box.addWidget(place, 1)
        self.setLayout(box)
        self.setAccessibleName(_("The period in four figures"))

    def show_sums(self, sums: Sums) -> None:
        """Other figures."""
        deposit, filing, covered = sums.limits.deposit, sums.limits.filing, sums.coverage.whole
        broken = sum(one.all for one in sums.articles)
        late = sum(one.late + one.over for one in sums.articles)
        told = ((share_words(deposit.share), of_words(deposit.on_time, deposit.fallen), bool(deposit.late or deposit.over)),
                (share_words(filing.share), of_words(filing.on_time, filing.fallen), bool(filing.late or filing.over)),
                (share_words(covered.share), _recorded(covered), bool(covered.missing)),
                (figures(broken), _("{late} late, {unrecorded} not recorded").format(late=figures(late), unrecorded=figures(broken - late))
                 if broken else "", bool(broken)))
        for (place, number, behind, title), (figure, of, bad) in zip(self._parts, told, strict=True):
            number.setText(figure)
            number.set_ink("late" if bad else "ink")
            behind.setText(of)
            place.setAccessibleName(_("{title}: {whole}").format(title=title, whole=f"{figure} {of}".strip()))


def _recorded(covered: Covered) -> str:
    """How many are recorded, and how much of their time is proven."""
    counted = of_words(covered.recorded, covered.due)
    return _("{counted}, time {share}").format(counted=counted, share=share_words(covered.time_share)) if covered.seconds else counted
