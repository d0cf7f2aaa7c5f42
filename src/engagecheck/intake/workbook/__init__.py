"""A profile as an Excel workbook: a sheet a section, a sheet a list. Needs the extra `office`."""
