"""What one sees: windows and pages over the rooms of `desktop`."""
