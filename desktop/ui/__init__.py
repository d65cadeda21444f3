"""The window and everything a person sees: Qt widgets only, handed a desk to work with."""
