"""Adapters to SQL (the truth) and to Redis or memory (coordination), with in-memory twins."""
