"""What the simulator and its clients agree on."""

from __future__ import annotations

#: The header by which a simulator marks each answer as invented.
INVENTED_HEADER = "Cursor-Marts-Invented"
#: The key that a simulator accepts when no other is set.
DEVELOPMENT_KEY = "cursor-sim-dev-key"
