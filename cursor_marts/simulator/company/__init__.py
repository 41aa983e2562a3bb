"""The invented company: its people and repositories, and what happens in them day by day."""
