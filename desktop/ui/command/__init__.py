"""The box of commands (Ctrl+K): acts, services, cases, people and help in one place."""
