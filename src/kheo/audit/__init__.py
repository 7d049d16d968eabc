"""The record of every change, which nothing in the product can edit."""
