"""The sheets a production office already has, as CSV and XLSX: schedules, call sheets, lists of people, requests."""

from registry.files.sheets.columns_file import Columns, read_columns
from registry.files.sheets.reading import read_sheet

__all__ = ["Columns", "read_columns", "read_sheet"]
