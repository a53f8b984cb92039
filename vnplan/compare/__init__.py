"""The cascade of documents, and the audit of each against those above it."""

from vnplan.compare.audit import Audit, audit
from vnplan.compare.cascade import Cascade, Ghost, Mention, build_cascade
from vnplan.compare.chain import Matrix, matrix
from vnplan.compare.progress import Progress, progress

__all__ = [
    "Audit", "Cascade", "Ghost", "Matrix", "Mention", "Progress", "audit", "build_cascade", "matrix", "progress",
]  # fmt: skip
