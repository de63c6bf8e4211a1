"""Coupon templates, claimed codes and their redemption."""
