"""A new service without a programmer: a fresh file, and everything that is wrong with one."""
