"""The console's pages of the retraining loop: correct, review, train, examine, let loose, go back."""
