"""A person meets a lesson: reading, answering, attempts, progress, the rights map."""
