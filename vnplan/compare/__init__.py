"""The cascade of documents, and the audit of each against those above it."""

from vnplan.compare.cascade import Cascade, Ghost, build_cascade

__all__ = ["Cascade", "Ghost", "build_cascade"]
