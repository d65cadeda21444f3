"""Where things live on this machine; Windows too."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

_APP = "pishkhan-yazd"
DEMO, TRAINING = "demo", "training"
"""The folders of the installations that carry their own centre."""


def resources() -> Path:
    """The folder of fonts, icons and data, in a checkout and in a frozen program alike."""
    if getattr(sys, "frozen", False):
        return Path(getattr(sys, "_MEIPASS", Path(sys.executable).parent)) / "resources"
    return Path(__file__).resolve().parent.parent / "resources"


def data_folder() -> Path:
    """Where stores, letters and logs are kept; `PISHKHAN_HOME` moves it (tests, portable use)."""
    chosen = os.environ.get("PISHKHAN_HOME")
    return Path(chosen) if chosen else Path(platformdirs.user_data_dir(_APP, appauthor=False))


def demo_folder() -> Path:
    """Where the demo office and its centre are kept."""
    return data_folder() / DEMO


def training_folder() -> Path:
    """Where the office to practise in and its centre are kept."""
    return data_folder() / TRAINING
