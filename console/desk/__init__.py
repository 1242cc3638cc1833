"""The console: pages for whoever runs the service from an office, below `/console`."""
