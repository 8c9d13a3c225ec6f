"""Reading a case folder: the first time in a session it is opened, which is in the ledger, after that it is only read again."""

from __future__ import annotations

from desktop.archive import Archive
from desktop.cases import Folder
from models.terms import CaseId


def folder_of(archive: Archive, case: CaseId) -> Folder:
    """The folder, for a job. Raises `Refusal` not_found for what does not exist, or not for this person."""
    return archive.cases.folder(case) if int(case) in archive.person.looked else archive.cases.look(case)
