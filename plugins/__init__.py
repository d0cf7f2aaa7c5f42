"""The bundled rules: one file a finding, found through entry points exactly as anyone's are."""
