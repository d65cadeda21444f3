"""The help beside the page: what it follows, what it draws, the panel itself."""
