"""Composition and command line: the only place where adapters meet use cases."""

__version__ = "0.1.0"
