"""The domain of Passerelle. Nothing here imports Pelican."""
