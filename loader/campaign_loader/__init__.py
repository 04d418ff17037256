"""What comes in: files of many formats become tables, and tables are written to a store, counted and reconciled."""
