"""A cluster that cannot be used."""

from schemas.errors import XiadaError


class ClusterError(XiadaError):
    """A cluster that cannot be used."""

    remedy = "Check the address, that the cluster runs, and that its versions are those of here."


class MissingClusterError(ClusterError):
    """The part of the program that talks to Ray was not installed."""

    remedy = "Install the extra cluster, here and on all machines: pip install 'xiada[cluster]'."
