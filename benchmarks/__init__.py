"""What the program costs, each figure beside the floor that it is held to: `make bench` (docs/benchmarks.md)."""
