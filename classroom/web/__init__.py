"""What every page shares: guards, transaction, visitor, errors, headers, caching, static files."""
