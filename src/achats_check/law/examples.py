import sys

from achats_check.examples import main

sys.exit(main(sys.argv[1:]))
