"""From blocks to pages: outline, ids, translation, ledger."""
