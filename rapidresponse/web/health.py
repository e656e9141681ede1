"""Whether the service is there."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

bp = Blueprint("health", __name__)


@bp.get("/health")
def health() -> ResponseReturnValue:
    """Say that this process takes requests, and nothing else."""
    return "", 204
