"""A look's parameters: the controls that its signature declares, and presets of their values."""
