"""plugin_host."""
