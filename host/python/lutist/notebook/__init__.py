"""Images and a panel of controls, as a notebook shows them."""
