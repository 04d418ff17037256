"""jgo's resolver, made to leave no half files behind. Imported only where something is to be fetched."""

from __future__ import annotations

import logging
from pathlib import Path

from jgo.config import GlobalSettings
from jgo.constants import MAVEN_CENTRAL_URL
from jgo.maven import Artifact, MavenContext, PythonResolver
from jgo.parse import Endpoint

_TIMEOUT_SECONDS = 60  # jgo's ten are short for a proxy that fetches the file first

logging.getLogger("jgo").addHandler(logging.NullHandler())  # else its warnings go to people's stderr


class WholeFiles(PythonResolver):
    """jgo writes in place and takes whatever lies there for the file: what breaks off has to go."""

    def download(self, artifact: Artifact) -> Path | None:
        """Fetch one artifact, checked against its SHA-1, or leave nothing. Raises jgo's errors."""
        try:
            return super().download(artifact)
        except BaseException:
            if artifact.cached_path:
                artifact.cached_path.unlink(missing_ok=True)
            raise


def artifacts(endpoint: str) -> list[Artifact]:
    """What an endpoint consists of, itself first; reads descriptions (POMs) only, fetching those not here yet."""
    settings = GlobalSettings.load()
    context = MavenContext(
        resolver=WholeFiles(),
        repo_cache=settings.repo_cache,
        remote_repos={"central": MAVEN_CENTRAL_URL, **settings.repositories},
        timeout=_TIMEOUT_SECONDS,
    )
    wanted = [context.create_dependency(part) for part in Endpoint.parse(endpoint).coordinates]
    inputs, transitive = context.resolver.resolve(wanted)
    return [each.artifact for each in (*inputs, *transitive) if each.scope in (None, "compile", "runtime")]
