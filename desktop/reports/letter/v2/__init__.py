"""Layout 2 of letters, provisional until letters that stand in it freeze it (decisions/029)."""
