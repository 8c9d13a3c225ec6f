"""Several printed papers as one file: the pages one after the other, each paper in the outline, PDF/A as its parts are."""

from __future__ import annotations

import io
from collections.abc import Sequence


def joined(parts: Sequence[tuple[str, bytes]], title: str) -> bytes:
    """These papers (title, PDF/A-2b) as one PDF/A-2b; same parts, same bytes. The page numbers of each paper stay its own.

    The tags of the parts are dropped: they would point into the structure of another file, and level b asks for none.
    """
    import pikepdf  # here, because no page of the window need wait for it

    out = pikepdf.open(io.BytesIO(parts[0][1]))
    begins = [0]
    for _title, paper in parts[1:]:
        begins.append(len(out.pages))
        with pikepdf.open(io.BytesIO(paper)) as one:
            out.pages.extend(one.pages)
    for name in ("/StructTreeRoot", "/MarkInfo"):
        if name in out.Root:
            del out.Root[name]
    for page in out.pages:
        for name in ("/StructParents", "/Tabs"):
            if name in page.obj:
                del page.obj[name]
    with out.open_outline() as outline:
        outline.root.clear()
        outline.root.extend(pikepdf.OutlineItem(name, at) for (name, _paper), at in zip(parts, begins, strict=True))
    with out.open_metadata(set_pikepdf_as_editor=False, update_docinfo=True) as meta:
        meta["dc:title"] = title
    stream = io.BytesIO()
    out.save(stream, deterministic_id=True)
    out.close()
    return stream.getvalue()
