"""The one place where settings are read: flag, environment, campaign.toml beside the data, the user's file, default."""
