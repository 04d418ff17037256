"""What comes in: files of many formats become tables, and tables are written to a store, counted and reconciled."""

from campaign_loader.errors import LoadError
from campaign_loader.load import Progress, load
from campaign_loader.options import ReadOptions
from campaign_loader.report import FileReport, Report

__all__ = ["FileReport", "LoadError", "Progress", "ReadOptions", "Report", "load"]
