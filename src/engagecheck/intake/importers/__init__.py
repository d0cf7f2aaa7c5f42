"""The bundled importers, one module for each kind of published file. An importer only reads. `merge` decides what is kept."""
