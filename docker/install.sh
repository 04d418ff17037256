#!/bin/sh
# Install campaign into a virtual environment, for `make` and for the image alike.
#   sh docker/install.sh PYTHON VENV WHAT…      WHAT as pip takes it: . or -e '.[dev]'
set -eu
python=$1 venv=$2
shift 2
"$python" -c 'import sys; sys.exit("Python 3.11 or newer is wanted; try: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
"$venv/bin/python" -m pip --disable-pip-version-check --no-input --quiet install "$@"
