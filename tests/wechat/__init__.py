"""Tests of app/wechat and its stand-in."""
