"""An emulator of GitHub: it executes real GraphQL queries on a world that a test has built."""
