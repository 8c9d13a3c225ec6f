"""What the eye misses: overlaps, cut words and unnamed controls, at four sizes. For every page's test:

    from tests.views.lookcheck import check_page
    check_page(look, lambda: build_the_page())        # raises AssertionError with the list of faults
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QPushButton, QWidget

from views import theme
from views.common import Fade, FocusRing, PageScroll, Para, Text

SIZES = [
    (1440, 900, "comfortable"),
    (1440, 900, "compact"),
    (1920, 1080, "comfortable"),
    (1280, 720, "compact"),
]
_OVERLAYS = (Fade, FocusRing)


def settle(app: QApplication, rounds: int = 6) -> None:
    """Let layouts come to rest."""
    for _round in range(rounds):
        app.sendPostedEvents()
        app.processEvents()


def name_of(part: QWidget) -> str:
    return part.accessibleName() or getattr(part, "full", "") or type(part).__name__


def words_cut(part: QWidget) -> Iterator[str]:
    """Words that do not fit their place. An elided line shows its whole in the tooltip and counts as told by `elided`."""
    if isinstance(part, Para):
        if part.heightForWidth(part.width()) > part.height() + 1:
            yield f"paragraph cut: {part.plain()[:40]}"
    elif isinstance(part, Text):
        if not part.elide and part.text() and part.fontMetrics().horizontalAdvance(part.full.replace("&", "")) > part.width() + 1:
            yield f"cut: {part.full} ({part.width()} px)"
    elif isinstance(part, QPushButton) and part.text() and part.sizeHint().width() > part.width() + 1:
        yield f"button cut: {part.text().strip()} ({part.width()} of {part.sizeHint().width()} px)"


def unnamed(part: QWidget) -> Iterator[str]:
    """A control that Tab reaches and a screen reader cannot name."""
    named = part.accessibleName() or (isinstance(part, QAbstractButton) and part.text().strip())
    if part.focusPolicy() & Qt.FocusPolicy.TabFocus and not named:
        yield f"no accessible name: {type(part).__name__} in {name_of(part.parentWidget())}"


def overlaps(part: QWidget) -> Iterator[str]:
    """Children of one layout that stand on each other."""
    if part.layout() is None or isinstance(part, QAbstractScrollArea):
        return
    kids = [k for k in part.children() if isinstance(k, QWidget) and k.isVisible() and not k.isWindow()]
    for one, other in combinations([k for k in kids if not isinstance(k, _OVERLAYS)], 2):
        both = one.geometry().intersected(other.geometry())
        if both.width() > 1 and both.height() > 1:
            yield f"overlap {both.width()}x{both.height()}: {name_of(one)} / {name_of(other)}"


def faults(page: QWidget) -> list[str]:
    """Everything wrong with a page as it is shown now."""
    out: set[str] = set()
    for part in [page, *page.findChildren(QWidget)]:
        if part.isVisible() and not isinstance(part, _OVERLAYS):
            out.update(words_cut(part))
            out.update(unnamed(part))
            out.update(overlaps(part))
    return sorted(out)


def elided(page: QWidget) -> list[str]:
    """Lines that do not show their whole at this size: no fault, but worth a look."""
    parts = [p for p in page.findChildren(Text) if p.isVisible() and p.elide]
    return sorted(p.full for p in parts if p.text() != p.full)


def check_page(
    app: QApplication, build: Callable[[], QWidget], sizes: list[tuple[int, int, str]] = SIZES, frame: bool = True
) -> None:
    """Build a page at four sizes, in the shell's scrolling place (`frame`), and assert that nothing is wrong with it."""
    found = []
    for width, height, density in sizes:
        theme.apply(app, "light", density, contrast=False)
        page = build()
        room = (width - (88 if width < 1360 else 184), height - 88) if frame else (width, height)
        place = PageScroll(page) if frame else page
        place.resize(*room)
        theme.wear(place)
        place.show()
        settle(app)
        found += [f"{width}x{height} {density}: {fault}" for fault in faults(page)]
        if frame and page.width() > room[0]:
            found.append(f"{width}x{height} {density}: scrolls sideways, needs {page.width()} of {room[0]} px")
        place.close()
        place.deleteLater()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    theme.apply(app, "light", "comfortable", contrast=False)
    assert not found, "\n".join(found)
