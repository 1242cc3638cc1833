"""A training as a job of its own process: snapshot, validate, train, test, gate."""
