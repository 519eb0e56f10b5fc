"""Lessons as files: read once, checked, frozen. No Flask, no database."""
