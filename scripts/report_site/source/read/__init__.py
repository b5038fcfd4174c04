"""From bytes to classified lines: decoding, cleaning, furniture, noise, kinds of lines."""
