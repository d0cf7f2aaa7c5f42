"""Audits of many profiles: chunks of work, the worker, executors, a cluster, and the summary.

The input is files, folders and JSON Lines. The output is a line of results for each profile, in order.
"""

from engagecheck.batch.executor import audit_many
from engagecheck.batch.worker import BatchSettings

__all__ = ["BatchSettings", "audit_many"]
