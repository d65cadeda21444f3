"""The counter program of Yazd's offices: form, the records' answer, the stamped letter."""

__version__ = "0.1.0"
