"""What is computed: events, co-actions, significance, clusters, campaigns. Frames in, frames and typed results out."""
