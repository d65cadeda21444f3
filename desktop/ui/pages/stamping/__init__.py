"""The manager's letters: seen, chosen, stamped under one password, printed in turn."""
