"""What people use: the `campaign` command, its reports and its settings."""
