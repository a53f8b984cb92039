"""The cascade of documents, and the audit of each against those above it."""

from vnplan.compare.audit import Audit, audit
from vnplan.compare.cascade import Cascade, Ghost, Mention, build_cascade

__all__ = ["Audit", "Cascade", "Ghost", "Mention", "audit", "build_cascade"]
