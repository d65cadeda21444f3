"""The municipality's end: the same signed bytes in and out; only here commands become facts."""
