"""The first page after sign-in, the audit page and the gallery of components."""
