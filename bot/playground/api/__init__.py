"""The Web API of what a bot such as Labmate uses."""
