"""The AI code tracking API."""
