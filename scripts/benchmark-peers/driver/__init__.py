"""Runs the benchmark and prints it as Markdown: scripts/benchmark sets up what it needs and calls it."""
