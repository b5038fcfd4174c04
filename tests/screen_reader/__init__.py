"""Orca on a desktop of its own: what a blind reader with a keyboard hears of a page, word for word.

Nothing is stood in for but the loudspeaker: X server, buses, window manager, Chromium, Orca and Speech Dispatcher are
Debian's own (`scripts/ensure_orca.sh`), the keys are pressed in the X server, and `voice.py` takes the voice's place.
"""
