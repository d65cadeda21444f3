"""What the office has written down: letters, requests, fees, closed days."""
