"""GitHub's GraphQL API: repositories, pull requests, their commits, reviews and comments."""
