"""Settings of the desk: kept whole or not at all; what is damaged stands at its default and is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import Refusal
from desktop.settings import DENSITIES, IDLE_MINUTES, LANGUAGES, MODES, SCALES, DeskSettings, load_settings, save_settings

_SETTINGS = st.builds(DeskSettings, st.sampled_from(LANGUAGES), st.sampled_from(MODES), st.sampled_from(DENSITIES), st.sampled_from(SCALES),
                      st.sampled_from(IDLE_MINUTES), st.text(st.characters(exclude_categories=["Cs"])))


@given(_SETTINGS)
def test_what_is_saved_is_read_again(tmp_path_factory: pytest.TempPathFactory, settings: DeskSettings) -> None:
    path = tmp_path_factory.mktemp("desk") / "desk.toml"
    save_settings(settings, path)
    assert load_settings(path) == settings
    assert load_settings(path).unread == ()


def test_there_are_defaults_before_anything_is_saved(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "none.toml") == DeskSettings()


@pytest.mark.parametrize(("text", "unread"), [
    ("mode = 'purple'\nscale = 1.15\n", ("mode",)), ("idle_minutes = 0\nlanguage = 7\n", ("language", "idle_minutes")),
    ("idle_minutes = true\n", ("idle_minutes",)), ("this is no toml", ("file",)), ("later_setting = 1\n", ()),
])
def test_what_is_damaged_is_named_and_the_rest_is_kept(tmp_path: Path, text: str, unread: tuple[str, ...]) -> None:
    path = tmp_path / "desk.toml"
    path.write_text(text, encoding="utf-8")
    found = load_settings(path)
    assert found.unread == unread
    assert found.idle_minutes == 10
    assert found.scale == (1.15 if "scale" in text else 1.0)


def test_bytes_that_are_no_text_are_damage(tmp_path: Path) -> None:
    (tmp_path / "desk.toml").write_bytes(b"\xff\xfe\x00")
    assert load_settings(tmp_path / "desk.toml").unread == ("file",)


def test_a_place_that_cannot_be_written_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(Refusal, match="没有保存") as refused:
        save_settings(DeskSettings(), tmp_path / "file" / "desk.toml")
    assert refused.value.code == "settings.not_saved"
    assert [p.name for p in tmp_path.iterdir()] == ["file"]
