"""The expert's page: queue, papers and decision side by side."""
