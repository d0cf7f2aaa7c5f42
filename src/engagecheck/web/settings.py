"""The settings of Django, all in one place. Nothing outside this package configures Django."""

from pathlib import Path
from typing import Any

from engagecheck.web.database import database_for
from engagecheck.web.environment import Environment
from engagecheck.web.folder import Folder

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
"""The host names that are answered."""
LINK_SECONDS = 300
"""How long a link to sign in at this machine works."""
PASSWORD_LINK_SECONDS = 24 * 3600
"""How long a link to set a password works."""
LEAST_PASSWORD = 12
"""The fewest characters of a password."""
MOST_BYTES = 20_000_000
"""The most bytes of a request, as for any document that the program reads."""
MOST_FIELDS = 5_000
_HERE = Path(__file__).parent
_WORKING_DAY = 12 * 3600
_YEAR = 365 * 24 * 3600


def settings_for(folder: Folder, environment: Environment) -> dict[str, Any]:
    """The settings for one person at this machine, or for a team with what it has set in the environment."""
    return {
        "DEBUG": False,
        "SECRET_KEY": folder.key,
        "ALLOWED_HOSTS": [*LOOPBACK, *environment.hosts],
        "ROOT_URLCONF": "engagecheck.web.urls",
        "INSTALLED_APPS": [
            "django.contrib.contenttypes",
            "django.contrib.auth",
            "django.contrib.sessions",
            "django.contrib.messages",
            "csp",
            "engagecheck.web",
        ],
        # The host name is checked first, so that another name gets nothing, style sheets included.
        "MIDDLEWARE": [
            "django.middleware.security.SecurityMiddleware",
            "django.middleware.common.CommonMiddleware",
            "csp.middleware.CSPMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
            "whitenoise.middleware.WhiteNoiseMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "engagecheck.web.team.access.ProxyUser",
            "engagecheck.web.api.tokens.TokenMiddleware",
            "django.contrib.auth.middleware.LoginRequiredMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "engagecheck.web.team.access.AccessMiddleware",
        ],
        "TEMPLATES": [_templates()],
        "DATABASES": {"default": database_for(folder)},
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "STATIC_URL": "/static/",
        "STATIC_ROOT": str(_HERE / "static"),
        "LANGUAGE_CODE": "en-gb",
        "USE_TZ": True,
        "TIME_ZONE": "UTC",
        **_accounts(environment),
        "DATA_UPLOAD_MAX_MEMORY_SIZE": MOST_BYTES,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": MOST_FIELDS,
        "FILES": str(folder.files),
        "FILE_UPLOAD_PERMISSIONS": 0o600,
        "LOGGING": _logging(folder),
        **_guards(),
        **(_only_by_tls() if environment.proxy else {}),
    }


def _accounts(environment: Environment) -> dict[str, Any]:
    """Django's own users, with its checks of passwords and its hashing."""
    checks = "django.contrib.auth.password_validation"
    return {
        "AUTH_USER_MODEL": "workplace.User",
        "AUTHENTICATION_BACKENDS": ["django.contrib.auth.backends.ModelBackend", "engagecheck.web.team.accounts.KnownUsers"],
        "AUTH_PASSWORD_VALIDATORS": [
            {"NAME": f"{checks}.UserAttributeSimilarityValidator"},
            {"NAME": f"{checks}.MinimumLengthValidator", "OPTIONS": {"min_length": LEAST_PASSWORD}},
            {"NAME": f"{checks}.CommonPasswordValidator"},
            {"NAME": f"{checks}.NumericPasswordValidator"},
        ],
        "LOGIN_URL": "sign-in",
        "PASSWORD_RESET_TIMEOUT": PASSWORD_LINK_SECONDS,
        "TRUSTS_REMOTE_USER": environment.trusts_remote_user,
    }


def _guards() -> dict[str, Any]:
    """What a browser is told to refuse. Everything comes from this program, and nothing is written into a page."""
    none, own = "'none'", "'self'"
    return {
        "CONTENT_SECURITY_POLICY": {
            "DIRECTIVES": {
                "default-src": [none],
                "script-src": [own],
                "style-src": [own],
                "img-src": [own],
                "connect-src": [own],
                "form-action": [own],
                "base-uri": [none],
                "frame-ancestors": [none],
            }
        },
        "SESSION_COOKIE_NAME": "engagecheck_session",
        "SESSION_COOKIE_AGE": _WORKING_DAY,
        "CSRF_COOKIE_NAME": "engagecheck_csrf",
        "CSRF_COOKIE_HTTPONLY": True,
        "X_FRAME_OPTIONS": "DENY",
        "SECURE_CONTENT_TYPE_NOSNIFF": True,
        "SECURE_REFERRER_POLICY": "same-origin",
        "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
    }


def _only_by_tls() -> dict[str, Any]:
    """Cookies and pages only by TLS, which the proxy does. waitress takes its word for it, and nobody else's."""
    return {
        "SECURE_SSL_REDIRECT": True,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_HSTS_SECONDS": _YEAR,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "SECURE_HSTS_PRELOAD": True,
    }


def _templates() -> dict[str, Any]:
    return {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [str(_HERE / "templates")],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }


def _logging(folder: Folder) -> dict[str, Any]:
    """Faults of the program go into a file of the data folder, and no request does."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"dated": {"format": "%(asctime)s %(message)s"}},
        "handlers": {
            "file": {
                "class": "logging.FileHandler",
                "filename": str(folder.errors),
                "delay": True,
                "encoding": "utf-8",
                "formatter": "dated",
                "level": "ERROR",
            }
        },
        "loggers": {
            "django": {"handlers": ["file"], "level": "ERROR", "propagate": False},
            "django.security": {"level": "CRITICAL"},  # what is wrong with a request, such as the name of another host
            "waitress.queue": {"level": "ERROR"},  # that requests wait is nothing that a person can act on
        },
    }
