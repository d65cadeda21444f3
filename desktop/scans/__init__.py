"""Citizens' papers as files: read what came in, make legible pages, watch a scanner's folder."""
