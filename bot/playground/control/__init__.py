"""The control API: everything that a person can do or see, and what tests steer."""
