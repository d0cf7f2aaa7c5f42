"""The bundled reporters: one file a format. A reporter renders a report and derives nothing."""
