"""Texting people, whoever carries it."""
