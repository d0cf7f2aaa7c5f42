"""Profiles to try things on; `sound.json` is what rules are tested on."""
