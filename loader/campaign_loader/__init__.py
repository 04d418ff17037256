"""What comes in: files of many formats become tables, and tables are written to a store, counted and reconciled."""

from campaign_loader.errors import LoadError
from campaign_loader.options import ReadOptions
from campaign_loader.report import Example, FileReport, Report
from campaign_loader.run import Inputs, Progress, find, load

__all__ = ["Example", "FileReport", "Inputs", "LoadError", "Progress", "ReadOptions", "Report", "find", "load"]
