"""The pieces of assets/sample.jpg: noise, sky, land, water and the still life."""
