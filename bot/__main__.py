"""`python -m bot` is `labmate`."""

from bot.cli import main

if __name__ == "__main__":
    main()
