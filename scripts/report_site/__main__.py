"""`python -m report_site`: where scripts of a virtual environment aren't on the path."""

from .commands.cli import main

if __name__ == "__main__":
    main(prog_name="python -m report_site")
