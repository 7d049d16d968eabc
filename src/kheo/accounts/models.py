"""The user: a person who can sign in."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from kheo.lib.text.folding import fold
from kheo.lib.text.ordering import sort_key


class UserManager(BaseUserManager["User"]):
    """Finds a user by the name typed at sign-in."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the user of that sign-in name, in whatever case it was typed."""
        return self.get(username=(username or "").strip().casefold())


class User(AbstractBaseUser):
    """A person who can sign in; what they may do comes from their seats."""

    username = models.CharField(_("sign-in name"), max_length=150, unique=True)
    full_name = models.CharField(_("full name"), max_length=200)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    language = models.CharField(_("language"), max_length=5, default="vi")
    is_active = models.BooleanField(_("active"), default=True)
    # set when somebody else chose the password
    must_change_password = models.BooleanField(_("must change password"), default=False)
    created_at = models.DateTimeField(_("created at"))
    sort_key = models.CharField(max_length=1000, editable=False)
    search_key = models.CharField(max_length=400, editable=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        indexes = [models.Index(fields=["sort_key"], name="user_sort")]

    def __str__(self) -> str:
        return self.full_name

    def save(self, **kwargs: object) -> None:
        """Keep the keys for ordering and search beside the name."""
        self.username = self.username.strip().casefold()
        self.sort_key = sort_key(self.full_name)[:1000]
        self.search_key = fold(f"{self.full_name} {self.username} {self.email}")[:400]
        super().save(**kwargs)  # type: ignore[arg-type]

    def get_full_name(self) -> str:
        """Return the name that mails and pages show."""
        return self.full_name

    @property
    def actor_user_id(self) -> int | None:
        """Return the person's key, for the audit."""
        return self.pk

    @property
    def actor_name(self) -> str:
        """Return the person's name, for the audit."""
        return self.full_name

    @property
    def actor_seat_id(self) -> int | None:
        """Return no seat: the person acts in nobody's name."""
        return None

    @property
    def actor_seat_label(self) -> str:
        """Return no seat: the person acts in nobody's name."""
        return ""
