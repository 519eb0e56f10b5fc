"""What people tell us without an account: a mistake in a lesson, a worry, a harassment."""
