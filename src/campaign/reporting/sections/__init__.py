"""The report's sections, one file each: a function from the view to markup."""
