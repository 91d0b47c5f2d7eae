"""French as readers expect it: typography, quantities, slugs."""
