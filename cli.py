"""Start `screening` from a checkout: `python cli.py interview`."""

from screening.commands import main

if __name__ == "__main__":
    main(prog_name="screening")
