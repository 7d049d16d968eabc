"""The settings of a test run: those of the product, in a data directory of its own."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# the product reads its data directory while its settings load, so this stands before the import
os.environ["KHEO_DATA_DIR"] = tempfile.mkdtemp(prefix="kheo-tests-")
os.environ.pop("KHEO_DEBUG", None)
atexit.register(shutil.rmtree, os.environ["KHEO_DATA_DIR"], ignore_errors=True)

from kheo.config.settings import *  # noqa: E402, F403, TID251 - settings build on settings
from kheo.config.settings import DATA_DIR, DATABASES, STORAGES  # noqa: E402, TID251

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# tests that lock people out ask for it by the fixture `lock_out`
AXES_ENABLED = False

STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir()
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

if "sqlite3" in DATABASES["default"]["ENGINE"]:
    # a file rather than memory: threads of one test then wait for one another as they do in earnest
    # KHEO_TEST_DATABASES names a directory where runs that follow one another leave it, empty, to
    # the next one (with --reuse-db): making it takes as long as a hundred tests
    folder = Path(os.environ.get("KHEO_TEST_DATABASES", DATA_DIR))
    DATABASES["default"]["TEST"] = {"NAME": str(folder / "test.sqlite3")}
    options = DATABASES["default"]["OPTIONS"]
    options["init_command"] = options["init_command"].replace("=NORMAL", "=OFF")
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0
