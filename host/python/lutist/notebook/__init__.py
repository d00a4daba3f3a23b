"""What a notebook shows: images, and a panel of controls."""
