"""Printed forms of case folders and the annual list: what goes on paper or into a spreadsheet, from what the rooms know."""
