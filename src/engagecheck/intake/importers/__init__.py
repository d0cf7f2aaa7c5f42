"""The bundled importers: one file a kind of published file. An importer reads and never decides what is kept."""
