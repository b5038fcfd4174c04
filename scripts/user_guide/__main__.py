"""`python -m user_guide` builds the guide; `python -m user_guide pictures` makes its screenshots anew."""

import subprocess
import sys

if sys.argv[1:] == ["pictures"]:
    from .screenshots import make_pictures  # Playwright belongs to the tests' environment.

    make_pictures()
elif sys.argv[1:]:
    sys.exit("user_guide: takes no argument, or `pictures`")
else:
    from .building import BUILT, build

    try:
        build()
    except subprocess.CalledProcessError:
        sys.exit(1)  # MkDocs has said why.
    print(f"guide: built; open {BUILT / 'en' / 'index.html'}")
