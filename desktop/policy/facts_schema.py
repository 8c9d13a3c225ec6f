"""The schema of the facts as JSON Schema, made from the facts themselves, so that a jurist's editor knows every key."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Union, get_args, get_origin

from desktop.policy.facts_reading import choices, hints_of, known_questions
from models.facts import CaseFacts

_PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"}, int: {"type": "integer", "minimum": 0}, bool: {"type": "boolean"}, date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"}}


def facts_schema() -> dict[str, Any]:
    """The schema of one case or a list of cases."""
    made: dict[str, Any] = {}
    case = _reference(CaseFacts, made)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Facts of a case",
            "oneOf": [case, {"type": "array", "items": case}], "$defs": dict(sorted(made.items()))}


def _reference(kind: Any, made: dict[str, Any]) -> dict[str, Any]:
    if kind.__name__ not in made:
        made[kind.__name__] = {}
        hints = hints_of(kind)
        required = [one.name for one in dataclasses.fields(kind)
                    if one.default is dataclasses.MISSING and one.default_factory is dataclasses.MISSING]
        made[kind.__name__] = {
            "type": "object", "description": " ".join((kind.__doc__ or "").split()), "additionalProperties": False,
            "properties": {name: _value(kind, name, hint, made) for name, hint in hints.items()}, "required": required}
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _value(kind: type[Any], name: str, hint: Any, made: dict[str, Any]) -> dict[str, Any]:
    if get_origin(hint) in (Union, types.UnionType):
        options = [{"type": "null"} if one is type(None) else _value(kind, name, one, made) for one in get_args(hint)]
        return {"anyOf": options}
    origin = get_origin(hint)
    if origin in (tuple, frozenset):
        return {"type": "array", "items": _value(kind, name, get_args(hint)[0], made), **({"uniqueItems": True} if origin is frozenset else {})}
    if origin is Mapping:
        names = {"propertyNames": {"enum": list(known_questions())}} if name == "conditions" else {}
        return {"type": "object", **names, "additionalProperties": _PLAIN[get_args(hint)[1]]}
    if dataclasses.is_dataclass(hint):
        return _reference(hint, made)
    known = choices(kind, name)
    return {**_PLAIN[hint], **({"enum": list(known)} if known is not None else {})}
