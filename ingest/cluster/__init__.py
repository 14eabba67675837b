"""Documents read on other machines: the same children, held by the workers of a Ray cluster."""

from ingest.cluster.errors import ClusterError, MissingClusterError
from ingest.cluster.guarded import stand_by
from ingest.cluster.opening import open_cluster

__all__ = ["ClusterError", "MissingClusterError", "open_cluster", "stand_by"]
