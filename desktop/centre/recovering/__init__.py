"""A centre that was restored from a backup has back what desks have, before it takes acts again."""
