"""A survey as files: what was released of all its rounds, with a codebook, for people and for programs."""

from bot.surveys.exports.archive import zipped
from bot.surveys.exports.attributed import NamedAnswer, named
from bot.surveys.exports.bundle import bundle

__all__ = ["NamedAnswer", "bundle", "named", "zipped"]
