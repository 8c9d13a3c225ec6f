"""What one sees: windows and pages over the rooms of `desktop`."""

from views.overrides import guard

guard()  # before the first class that overrides anything
