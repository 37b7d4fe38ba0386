"""Findings to words, JSON and PDF."""
