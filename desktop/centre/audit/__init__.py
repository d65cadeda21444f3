"""Whether what a centre keeps is as it was written, and what it reads off is what facts say."""
