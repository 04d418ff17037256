"""What rises, how much of it groups made, and whether it would have risen without them (docs/trending.md)."""
