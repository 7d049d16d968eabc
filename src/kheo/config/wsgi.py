"""The door through which a web server calls Khéo."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kheo.config.settings")

application = get_wsgi_application()
