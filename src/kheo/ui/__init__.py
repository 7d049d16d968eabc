"""Layout, components and assets shared by all pages."""
