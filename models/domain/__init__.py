"""Pure rules: standard library and pydantic only. `now` is an argument of every rule that needs it."""
