"""Posters: one printed sheet for each grid, whose code already says where a resident stands."""
