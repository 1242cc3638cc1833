"""One Excel workbook that brings a county in and out."""
