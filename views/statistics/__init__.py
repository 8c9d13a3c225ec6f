"""统计: rates, coverage and violations of a period, drawn and in tables."""

from views.statistics.page import StatisticsPage

__all__ = ["StatisticsPage"]
