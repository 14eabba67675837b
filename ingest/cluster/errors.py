"""A cluster that cannot be used."""

from schemas.errors import XiadaError


class ClusterError(XiadaError):
    """A cluster that cannot be used."""

    remedy = "Check the address, that the cluster runs, and that its versions are those of here."


class ClusterLostError(ClusterError):
    """A cluster that was there when the run began."""

    remedy = (
        "Start it again with `ray start` (not needed with --cluster local), and then the run, "
        "which goes on from there."
    )


class VersionsDifferError(ClusterError):
    """A machine of the cluster that would answer otherwise than the job's own."""

    remedy = "Install the same version of xiada on all machines."


class MissingClusterError(ClusterError):
    """The part of the program that talks to Ray was not installed."""

    remedy = "Install the extra cluster, here and on all machines: pip install 'xiada[cluster]'."
