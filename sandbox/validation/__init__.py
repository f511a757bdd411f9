"""Keeps Slack's strictness: what it refuses in blocks, views and manifests, said its way, with a JSON pointer."""

from sandbox.validation.manifest import faults_in_manifest
from sandbox.validation.surfaces import Surface, faults_in_blocks
from sandbox.validation.views import faults_in_view, view_is_too_large

__all__ = ["Surface", "faults_in_blocks", "faults_in_manifest", "faults_in_view", "view_is_too_large"]
