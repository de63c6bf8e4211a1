"""Invoices (发票): what customers ask for, and what the shop issues."""
