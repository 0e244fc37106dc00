"""The service as a process: settings, address, server, logs, metrics."""
