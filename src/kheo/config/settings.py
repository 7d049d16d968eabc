"""Every setting, read from the environment with safe defaults (see docs/operation.md)."""

from pathlib import Path

from csp.constants import NONE, SELF

from kheo.config import env

PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = env.data_directory()

DEBUG = env.flag("KHEO_DEBUG", default=False)
SECRET_KEY = env.secret_key(DATA_DIR)
ALLOWED_HOSTS = env.words("KHEO_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("KHEO_TRUSTED_ORIGINS", "")
# behind a proxy that ends TLS, cookies and redirects must know about it
HTTPS = env.flag("KHEO_HTTPS", default=False)
PUBLIC_URL = env.text("KHEO_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "template_partials",
    "axes",
    "csp",
    "django_q",
    "kheo.ui",
    "kheo.audit",
    "kheo.search",
    "kheo.accounts",
    "kheo.organisations",
    "kheo.notices",
    "kheo.directives",
    "kheo.assignments",
    "kheo.rounds",
    "kheo.exemplars",
    "kheo.intake",
    "kheo.criteria",
    "kheo.progress",
    "kheo.nominations",
    "kheo.visits",
    "kheo.appraisal",
    "kheo.councils",
    "kheo.recognition",
    "kheo.replication",
    "kheo.reviews",
    "kheo.reporting",
    "kheo.planning",
    "kheo.home",
    "kheo.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kheo.ui.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "kheo.organisations.middleware.SeatMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "kheo.config.urls"
WSGI_APPLICATION = "kheo.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kheo.ui.context.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "kheo.ui.templatetags.ui",
            ],
        },
    },
]
FORM_RENDERER = "kheo.ui.forms.FormRenderer"

DATABASES = {"default": env.database(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["kheo.config.hashers.TunedArgon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "home:my-work"
LOGOUT_REDIRECT_URL = "accounts:sign-in"
PASSWORD_RESET_TIMEOUT = 60 * 60 * 4

# a seat signs in once in the morning: sessions last the working day
SESSION_COOKIE_AGE = env.number("KHEO_SESSION_HOURS", 12) * 3600
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "kheo_session"
CSRF_FAILURE_VIEW = "kheo.home.views.csrf_failure"

AXES_FAILURE_LIMIT = env.number("KHEO_SIGN_IN_FAILURES", 5)
AXES_COOLOFF_TIME = env.number("KHEO_SIGN_IN_COOLOFF_HOURS", 1)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "kheo.accounts.views.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
TIME_ZONE = env.text("KHEO_TIME_ZONE", "Asia/Ho_Chi_Minh")
USE_I18N = USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["kheo.ui.formats"]

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "kheo.ui.finders.PaperFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = DATA_DIR / "files"
EVIDENCE_LIMIT_MIB = env.number("KHEO_EVIDENCE_LIMIT_MIB", 25)
IMPORT_LIMIT_MIB = env.number("KHEO_IMPORT_LIMIT_MIB", 20)
# a model without news for so many days is flagged, and its unit reminded
PROGRESS_SILENT_DAYS = env.number("KHEO_SILENT_DAYS", 45)
OCR_ENGINE = env.text("KHEO_OCR_ENGINE")
INTAKE_MOST_FILES = env.number("KHEO_INTAKE_MOST_FILES", 300)
INTAKE_UNPACKED_MIB = env.number("KHEO_INTAKE_UNPACKED_MIB", 300)
DATA_UPLOAD_MAX_NUMBER_FILES = INTAKE_MOST_FILES
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

EMAIL_HOST = env.text("KHEO_SMTP_HOST")
EMAIL_PORT = env.number("KHEO_SMTP_PORT", 25)
EMAIL_HOST_USER = env.text("KHEO_SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("KHEO_SMTP_PASSWORD")
EMAIL_USE_TLS = env.flag("KHEO_SMTP_TLS", default=False)
DEFAULT_FROM_EMAIL = env.text("KHEO_MAIL_FROM", "kheo@localhost")
# without an SMTP host, mails lie as files in the data directory, where they can be read
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"

Q_CLUSTER = {
    "name": "kheo",
    "orm": "default",
    "workers": 1,
    "timeout": 600,
    "retry": 900,
    "max_attempts": 3,
    "poll": 2,
    "catch_up": False,
    "save_limit": 200,
}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "SAMEORIGIN"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.text("KHEO_LOG_LEVEL", "WARNING")},
}
