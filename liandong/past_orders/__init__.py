"""A county's own past work orders, from a workbook to labels that wait for review."""
