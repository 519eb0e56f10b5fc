"""Pages that put together what the slices know."""
