"""A letter: proof, stamp, print, handing over, voiding."""
