"""The files of deploy/: what they name is there, and what the image copies is what the program is made of."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from bot.runner import DRAIN
from bot.settings import PREFIX, Settings

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
KNOWN = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}


@pytest.mark.parametrize("name", ["Dockerfile", "compose.yaml", "huiqi.service"])
def test_every_setting_exists(name: str) -> None:
    named = set(re.findall(r"HUIQI_[A-Z_]+", (DEPLOY / name).read_text(encoding="utf-8")))
    assert named
    assert named <= KNOWN


def test_the_image_gets_what_the_program_is_made_of_and_nothing_else() -> None:
    let_in = set(re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])
    beside = {"pyproject.toml", "requirements.txt", project["project"]["readme"], *project["project"]["license-files"]}
    assert let_in == packages | beside
    assert all((ROOT / one).exists() for one in let_in)
    copied = re.findall(r"^COPY (?!--from)(\S+)", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(copied) - {"."} <= let_in


def test_what_builds_the_program_is_pinned_with_what_it_needs() -> None:
    backend = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["build-backend"]
    pinned = re.findall(r"^([\w-]+)==", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE)
    assert backend.split(".")[0] in pinned  # the image installs without build isolation


def test_a_process_is_given_the_time_it_drains_in() -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    service = (DEPLOY / "huiqi.service").read_text(encoding="utf-8")
    given = [
        compose["services"]["huiqi"]["stop_grace_period"].removesuffix("s"),
        *re.findall(r"TimeoutStopSec=(\d+)", service),
    ]
    assert len(given) == 2
    assert all(int(seconds) > 2 * DRAIN for seconds in given)
