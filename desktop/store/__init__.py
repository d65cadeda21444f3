"""The office's own SQLite: facts, outbox, the view, drafts, letters, the print ledger."""
