"""The municipality's records: import of an export, look-up, overlays of what came after."""
