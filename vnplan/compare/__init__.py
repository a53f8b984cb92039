"""The cascade of documents, and the audit of each against those above it."""

from vnplan.compare.audit import Audit, audit
from vnplan.compare.cascade import Cascade, Ghost, Mention, build_cascade
from vnplan.compare.chain import Matrix, matrix

__all__ = ["Audit", "Cascade", "Ghost", "Matrix", "Mention", "audit", "build_cascade", "matrix"]
