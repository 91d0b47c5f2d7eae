"""The form of `/admin/`: its configuration."""
