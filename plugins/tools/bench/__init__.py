"""The benchmark: contents drawn at random, built by us, by Pelican and by Hugo."""
