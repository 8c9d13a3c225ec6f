"""制度: a regulation read by its articles, a draft by one person confirmed by another, the office's days, the list, the recorders."""

from __future__ import annotations

from tests.views import office as o


def test_smoke(desk):
    at = desk(o.ARCHIVIST)
    page = at.go("rulebook")
    for n in range(4):
        page.show_tab(n)
        at.settle()
        page.grab().save(f"/tmp/rb-{n}.png")
