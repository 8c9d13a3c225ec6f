"""The lines of the house: which floor may import which, how long a file may be, what a name may not be called."""

from __future__ import annotations

import ast
import functools
import re
import sys
from pathlib import Path

import pytest

from desktop.acts import Service, Undeclared, act, reading
from desktop.paths import RESOURCES

ROOT = RESOURCES.parent
FLOORS = ("models", "desktop", "views")
FILES = sorted(path for floor in (*FLOORS, "installer", "benchmarks") for path in (ROOT / floor).glob("**/*.py"))
OURS = [path for path in FILES if path.relative_to(ROOT).parts[0] in FLOORS]

WALL = 500
PURE_VALUES = {"models.terms", "models.secrecy", "models.timecode", "models.filenames", "models.bigrams", "models.refcode", "models.dates",
               "models.facts"}
SEES_QT = {"desktop/app.py", "desktop/__main__.py"}
# Rooms of the third storey; what two of them share is a rule, a machine, or goes through the archive.
# (`today` and `standing` only lay side by side what the rooms say.)
ROOMS = ("people", "cases", "intake", "media", "approvals", "search", "audit", "procedure", "rulebook", "disclosure", "complaints")
CATCHES_ALL = {"desktop/acts.py", "desktop/__main__.py", "desktop/tools/worker_main.py", "views/bridge.py", "views/errors.py"}
BANNED = re.compile(r"(^|_)(managers?|helpers?|utils?|handlers?|data|process)(_|$)|^_*do_", re.IGNORECASE)
# 经办人 is a handler by the house's word list; `DATA_…`/`data_key` is a term of cryptography; logging and signals have handlers.
LIBRARY_TERMS = re.compile(r"data_keys?|data_role|add_?handler|handler_of|addHandler|RotatingFileHandler|metadata|set_data|item_?data|"
                           r"(header|model|mime|user|drag)_?data|processes|_?subprocess|process_?events|sys_inputs|handlers?$",
                           re.IGNORECASE)


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@functools.cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@functools.cache
def _imports(path: Path, only_at_run_time: bool = True) -> frozenset[str]:
    """Modules that a file imports, wherever in it; what stands under TYPE_CHECKING is not there at run time."""
    skipped = set()
    if only_at_run_time:
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
                skipped |= {id(inner) for inner in ast.walk(node)}
    found = set()
    for node in ast.walk(_tree(path)):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(found)


def _tops(path: Path) -> set[str]:
    return {module.split(".")[0] for module in _imports(path, only_at_run_time=False)}


def _floor(name: str) -> list[Path]:
    return [path for path in OURS if path.relative_to(ROOT).parts[0] == name]


def test_models_know_themselves_peewee_and_the_standard_library() -> None:
    allowed = {"models", "peewee", *sys.stdlib_module_names} - {"os", "pathlib", "time", "shutil", "tempfile", "socket"}
    assert {_name(path): sorted(_tops(path) - allowed) for path in _floor("models") if _tops(path) - allowed} == {}


def test_only_the_two_edges_of_desktop_see_qt_and_views() -> None:
    seeing = {_name(path) for path in _floor("desktop") if _tops(path) & {"PySide6", "views", "shiboken6"}}
    assert seeing <= SEES_QT


def test_views_see_no_tables_no_sql_no_cryptography_no_files() -> None:
    wrong = {}
    for path in _floor("views"):
        tables = {module for module in _imports(path, only_at_run_time=False) if re.fullmatch(r"models\.[a-z_]+", module)} - PURE_VALUES
        found = sorted(tables | (_tops(path) & {"peewee", "playhouse", "apsw", "sqlite3", "cryptography"}))
        opened = [node.lineno for node in ast.walk(_tree(path))
                  if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open"]
        if found or opened:
            wrong[_name(path)] = (found, opened)
    assert wrong == {}


@pytest.mark.parametrize("machine", ["vault", "ledger", "policy", "tools"])
def test_machines_know_neither_tables_nor_rooms(machine: str) -> None:
    rooms = {f"desktop.{room}" for room in ROOMS}
    wrong = {}
    for path in _floor("desktop"):
        if path.relative_to(ROOT).parts[1] == machine:
            imported = _imports(path)
            tables = {m for m in imported if re.fullmatch(r"models\.[a-z_]+", m)} - PURE_VALUES
            met = {m for m in imported if any(m == room or m.startswith(f"{room}.") for room in rooms)}
            if tables or met:
                wrong[_name(path)] = sorted(tables | met)
    assert wrong == {}


def test_rules_do_not_look_at_the_clock_or_the_tables() -> None:
    wrong = {_name(path): sorted(_imports(path) & {"peewee", "desktop.clock", "time"}) for path in (ROOT / "desktop/policy").glob("*.py")}
    assert {name: found for name, found in wrong.items() if found} == {}


def test_two_rooms_of_one_storey_do_not_import_each_other() -> None:
    wrong = []
    for path in _floor("desktop"):
        parts = path.relative_to(ROOT).with_suffix("").parts[1:]
        if parts[0] not in ROOMS:
            continue
        for other in ROOMS:
            met = {m for m in _imports(path) if (m == f"desktop.{other}" or m.startswith(f"desktop.{other}.")) and _acts_or_reads(m)}
            if other != parts[0] and met:
                wrong.append((_name(path), sorted(met)))
    assert wrong == []


def _acts_or_reads(module: str) -> bool:
    """Whether a module has acts or tables in it; a rule without either is no room, wherever it lies."""
    path = ROOT / (module.replace(".", "/") + ".py")
    if not path.exists():
        return False
    imported = _imports(path)
    return "desktop.acts" in imported or bool({m for m in imported if re.fullmatch(r"models\.[a-z_]+", m)} - PURE_VALUES)


def test_no_file_passes_the_wall() -> None:
    lengths = {_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert {name: length for name, length in lengths.items() if length >= WALL} == {}


def test_every_module_opens_with_a_nameplate_of_one_line() -> None:
    unnamed = []
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        plate = ast.get_docstring(_tree(path)) if text.strip() else None
        first = (plate or "").split("\n")[0]
        if text.strip() and (not first.strip() or not text.startswith(('"""', 'r"""'))):
            unnamed.append(_name(path))
    assert unnamed == []


def test_no_name_says_nothing() -> None:
    wrong = []
    for path in OURS:
        names = {(node.name, node.lineno) for node in ast.walk(_tree(path))
                 if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)}
        names |= {(path.stem, 0)}
        wrong += [f"{_name(path)}:{line} {name}" for name, line in names if _says_nothing(name)]
    assert sorted(wrong) == []


def _says_nothing(name: str) -> bool:
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return BANNED.search(words) is not None and LIBRARY_TERMS.search(words) is None and name != "data"


def test_everything_is_caught_only_at_the_edges() -> None:
    catching = set()
    for path in OURS:
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.ExceptHandler) and (node.type is None or ast.unparse(node.type) == "Exception"):
                catching.add(_name(path))
    assert catching <= CATCHES_ALL


def test_nothing_is_left_for_later_and_no_place_of_work_is_named() -> None:
    later = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    places = re.compile("|".join(map(re.escape, ("/" + "work/", "pypi" + ".org", "pythonhosted" + ".org", "../" + "shared"))))
    looked_for = [*((path, (places, later)) for path in FILES), *((path, (places,)) for path in ROOT.glob("tests/**/*.py"))]
    wrong = [f"{_name(path)}:{number}" for path, words in looked_for
             for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if any(word.search(line) for word in words)]
    assert wrong == []


def test_no_title_or_number_of_a_law_stands_in_python_as_a_value() -> None:
    """Articles belong to profiles; docstrings may cite them."""
    wrong = []
    law = re.compile(r"第[一二三四五六七八九十百\d]+条(?!记录)|《[^》]*(法|条例|办法|规定)》")
    for path in OURS:
        texts = {id(node.body[0].value) for node in ast.walk(_tree(path))
                 if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body and isinstance(node.body[0], ast.Expr)}
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in texts and law.search(node.value):
                wrong.append(f"{_name(path)}:{node.lineno}")
    assert wrong == []


def test_a_service_with_an_undeclared_method_cannot_be_made() -> None:
    with pytest.raises(Undeclared):
        class Careless(Service):
            def open_everything(self) -> None:
                """Neither an act nor a reading."""

    class Careful(Service):
        @act("test.act")
        def one(self) -> None:
            """An act."""

        @reading("test.read")
        def other(self) -> None:
            """A reading."""

    assert Careful.one.declared.writes
    assert not Careful.other.declared.writes
