"""Rules after the Canadian checklist for boards on physician engagement."""
