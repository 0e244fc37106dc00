"""What has happened, kept on disk."""
