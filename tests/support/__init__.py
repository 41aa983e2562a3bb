"""Code that several tests share: generated worlds, a reference implementation, servers, faults."""
