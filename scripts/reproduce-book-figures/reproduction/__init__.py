"""Repeats the experiments of the book's chapter 3 and prints them as Markdown; started by scripts/reproduce-book."""
