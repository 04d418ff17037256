"""One world a file: a module with `Parameters` (a `Setting`) and `build(rng, parameters)` is found."""
