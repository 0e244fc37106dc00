"""firstyes fills a care shift with the first caregiver who says yes."""

__version__ = "0.1.0"
