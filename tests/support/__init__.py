"""Parts of the tests: generated worlds, the independent reference, servers, faults."""
