"""What ``corpus/build.py`` builds with: the markup of the sources, the gold annotations, the formats."""
