"""Recordings seen and copied: spans, the fence around them, frames, stills, copies. Qt-free."""
