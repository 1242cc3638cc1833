"""The console's pages of the retraining loop: correct, review, train, examine, switch, go back."""
