"""Intermediate models: joins that a build computes and does not store."""
