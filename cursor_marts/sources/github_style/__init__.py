"""The REST endpoints of the simulator, in the manner of GitHub."""
