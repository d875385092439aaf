"""Runs the benchmark and prints it as Markdown; started by scripts/benchmark."""
