"""A centre on two machines, all of them network namespaces of one, and what ends there."""
