"""بازبینی: instant answers looked at again, one by one."""
