"""Builders of hostile files, made when a test asks for them; nothing binary is kept in the repository."""
