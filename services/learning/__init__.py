"""The retraining loop: people correct what was misunderstood, a model learns from it, and nothing
goes live that anybody would be worse off with."""
