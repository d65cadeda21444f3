"""Letters that have to be looked at again: what changed, who recalled them, who decides."""
