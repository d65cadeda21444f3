"""Services as files: their shape, faults and examples, and the checks of a form's answers."""
