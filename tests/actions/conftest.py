"""The enrolled store that what people do at a desk stands on."""

from tests.store.conftest import store, store_path

__all__ = ["store", "store_path"]
