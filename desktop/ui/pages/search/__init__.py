"""Finding places, services and cases as one types."""
