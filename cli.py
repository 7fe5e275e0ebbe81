"""Start `screening` from a checkout: `python cli.py interview`."""

from screening.cli import main

if __name__ == "__main__":
    main(prog_name="screening")
