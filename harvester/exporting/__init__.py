"""Exports: files for others."""
