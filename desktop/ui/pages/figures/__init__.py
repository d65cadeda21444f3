"""The municipality's data on screen: kinds and rows, a figure changed, sheets, the holidays."""
