"""What the document says: one module for each group of sections, each lowering to quantities."""
