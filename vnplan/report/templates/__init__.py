"""The templates of the reports."""
