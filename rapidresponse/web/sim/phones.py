"""x."""

from flask import Blueprint

bp = Blueprint("sim", __name__, url_prefix="/sim")
