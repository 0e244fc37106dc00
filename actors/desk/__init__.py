"""The face of the library: what can be asked of a desk."""
