"""The counter program of Yazd's offices: form, the records' answer, the stamped letter."""
