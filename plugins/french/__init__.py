"""French as readers expect it: typography, quantities, the last part of an address."""
