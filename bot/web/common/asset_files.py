"""Files a page needs beside itself (styles, scripts, pictures): served from memory, cached by their content's hash."""

from __future__ import annotations

import hashlib
from importlib.resources import files

from fastapi import APIRouter, Response

_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
_FOREVER = "public, max-age=31536000, immutable"


class Assets:
    """The ``assets`` folder of a package, under a path."""

    def __init__(self, package: str, path: str) -> None:
        """Read the files once."""
        self._path = path
        self._files = {
            file.name: file.read_bytes()
            for file in files(package).joinpath("assets").iterdir()
            if any(file.name.endswith(ending) for ending in _TYPES)
        }

    def url(self, name: str) -> str:
        """Where a file is; the address changes with the content."""
        return f"{self._path}/{name}?{hashlib.sha256(self._files[name]).hexdigest()[:12]}"

    def router(self) -> APIRouter:
        """Serves the files."""
        router = APIRouter()

        @router.get(self._path + "/{name}", include_in_schema=False)
        async def asset(name: str) -> Response:
            content = self._files.get(name)
            if content is None:
                return Response("没有这个文件\n", 404, media_type="text/plain; charset=utf-8")
            kind = _TYPES["." + name.rpartition(".")[2]]
            return Response(content, headers={"Content-Type": kind, "Cache-Control": _FOREVER})

        return router
