"""The search index: what can be found of each thing, under the label of that thing. Called inside other rooms' acts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from desktop.database import ArchiveDatabase
from desktop.search_terms import query_terms, terms_for_index
from models.bigrams import Query, Term
from models.cases import CaseFolder, Record
from models.search import SearchEntry
from models.secrecy import Clearance, Label

# The tokenizer of SQLite knows the letters of Unicode 6.1; whatever else a word is made of is written in hexadecimal.
_PLAIN = re.compile("[0-9a-z\u3400-\u4db5\u4e00-\u9fcc]+")
# A paper's lines end within words.
_LINE_END = re.compile("(?<=[\u3400-\u4db5\u4e00-\u9fcc])[ \t]*\r?\n[ \t]*(?=[\u3400-\u4db5\u4e00-\u9fcc])")
MOST_TERMS = 48  # of one query; what is beyond them is still compared as text


def index(kind: str, source: str, *, title: str, text: str, label: Label, case: int | None = None, record: int | None = None,
          component: int | None = None, names: Sequence[str] = ()) -> None:
    """Make a thing findable, or findable anew. `source` is its key (`case:12`, `record:33`, `paper:45`, `annotation:7`).

    `names` are people's names: they are also found by their pinyin and its initials. The entry stands under the join of `label`
    with the labels of its record and its case.
    """
    joined = _joined(label, case, record)
    if kind == "paper":
        text = _LINE_END.sub("", text)
    words = terms_for_index(f"{title}\n{text}", names)
    row = SearchEntry.get_or_none(SearchEntry.source == source)
    if row is None:
        row = SearchEntry(source=source)
    else:
        _take_out(row)
    row.kind, row.title, row.text = kind, title, text
    for name, key in (("case", case), ("record", record), ("component", component)):
        setattr(row, name, key)
    _put_in(row, joined, [_token(word) for word in words])


def index_new(database: ArchiveDatabase, kind: str, source: str, *, title: str, text: str, label: Label, case: int | None, record: int,
              component: int) -> None:
    """As `index`, for what was written just now in this transaction: nothing of it is there yet, and `label` is the joined one."""
    if kind == "paper":
        text = _LINE_END.sub("", text)
    classes = [_kind_term(kind), *([f"_c{case}"] if case else []), _label_term(label)]
    terms = " ".join([_token(word) for word in terms_for_index(f"{title}\n{text}")] + classes)
    row = database.insert(SearchEntry, kind=kind, source=source, title=title, text=text, terms=terms, case_id=case, record_id=record,
                          component_id=component, state=label.state, trade=label.trade, privacy=label.privacy, internal=label.internal)
    database.connection().execute("INSERT INTO search_index (rowid, terms) VALUES (?, ?)", (row, terms))


def retitle(record: int, title: str) -> None:
    """A record has another title: its papers and marks are found by the new one."""
    for row in SearchEntry.select().where((SearchEntry.record == record) & (SearchEntry.kind << ["paper", "annotation"])):
        index(row.kind, row.source, title=title, text=row.text, label=Label(internal=False), case=row.case_id, record=record,
              component=row.component_id)


def forget(source: str) -> None:
    """A thing that is gone is no longer found; nothing happens when it never was."""
    row = SearchEntry.get_or_none(SearchEntry.source == source)
    if row is not None:
        _take_out(row)
        row.delete_instance()


def relabel(*, case: int | None = None, record: int | None = None) -> None:
    """Bring the entries of a case, or of a record and all that hangs on it, under their labels as they are now."""
    rows = SearchEntry.select().where(SearchEntry.case == case if case is not None else SearchEntry.record == record)
    for row in list(rows):
        if row.record_id is not None:
            row.case = Record.get_by_id(row.record_id).case
        label = _joined(Label(internal=False), row.case_id, row.record_id)
        words = [term for term in row.terms.split() if not term.startswith(_CLASSES)]
        if " ".join(words + _classes(row, label)) != row.terms or _label(row) != label:
            _take_out(row)
            _put_in(row, label, words)


def match(words: str, clearance: Clearance, kinds: Sequence[str] | None = None,
          case: int | None = None) -> tuple[str, Query] | None:
    """The full-text expression for what was typed, built and never interpolated; None when nothing in it can be sought.

    The classes of labels stand in the index as terms of their own: what lies outside the clearance is not even counted.
    """
    query = query_terms(words)
    if not query.terms:
        return None
    parts = [_sought(term) for term in query.terms[:MOST_TERMS]]
    if kinds is not None:
        parts.append("(" + " OR ".join(f'"{_kind_term(kind)}"' for kind in kinds or ("none",)) + ")")
    if case is not None:
        parts.append(f'"_c{int(case)}"')
    hidden = [_label_term(label) for label in _every_label() if not clearance.covers(label)]
    expression = " AND ".join(parts)
    if hidden:
        expression = f"({expression}) NOT (" + " OR ".join(f'"{term}"' for term in hidden) + ")"
    return expression, query


_CLASSES = ("_k", "_c", "_l")


def _joined(label: Label, case: int | None, record: int | None) -> Label:
    if record is not None:
        label = label.join(Record.get_by_id(record).label)
    if case is not None:
        label = label.join(CaseFolder.get_by_id(case).label)
    return label


def _label(row: SearchEntry) -> Label:
    return Label(row.state, row.trade, row.privacy, row.internal)


def _put_in(row: SearchEntry, label: Label, words: list[str]) -> None:
    row.state, row.trade, row.privacy, row.internal = label.state, label.trade, label.privacy, label.internal
    row.terms = " ".join(words + _classes(row, label))
    row.save()
    SearchEntry.raw("INSERT INTO search_index (rowid, terms) VALUES (?, ?)", row.id, row.terms).execute()


def _take_out(row: SearchEntry) -> None:
    """A contentless index must be told the very words that it is to forget."""
    SearchEntry.raw("INSERT INTO search_index (search_index, rowid, terms) VALUES ('delete', ?, ?)", row.id, row.terms).execute()


def _classes(row: SearchEntry, label: Label) -> list[str]:
    return [_kind_term(row.kind), *([f"_c{row.case_id}"] if row.case_id else []), _label_term(label)]


def _kind_term(kind: str) -> str:
    return "_k" + "".join(character for character in kind if character.isalnum())


def _label_term(label: Label) -> str:
    return f"_l{label.state}{label.trade:d}{label.privacy:d}"


def _every_label() -> Iterable[Label]:
    return (Label(state, trade, privacy) for state in range(4) for trade in (False, True) for privacy in (False, True))


def _token(term: str) -> str:
    """A term as the index keeps it. Hexadecimal has six digits a character, so that beginnings stay beginnings."""
    return term if _PLAIN.fullmatch(term) else "_x" + "".join(f"{ord(character):06x}" for character in term)


def _sought(term: Term) -> str:
    """A term as a query names it; a beginning may go on in plain letters or not, so both spellings are sought."""
    plain, spelled = _token(term.text), "_x" + "".join(f"{ord(character):06x}" for character in term.text)
    if not term.prefix:
        return f'"{plain}"'
    return f'"{plain}" *' if plain == spelled else f'("{plain}" * OR "{spelled}" *)'
