"""The component tags, loaded into every template."""
