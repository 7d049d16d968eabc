"""What is asked at the doors: signing in, passwords, one's own details, the first run."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from kheo.accounts.models import User

USERNAME_RULE = RegexValidator(
    r"^[a-z0-9][a-z0-9._@+-]*\Z",
    _("Use plain letters without marks, digits and the signs . _ - @ +, without blanks."),
)

# Django's own Vietnamese catalogue leaves some of these in English
WEAKNESSES: dict[str, Any] = {
    "password_too_short": _("This password is too short; it needs at least 10 characters."),
    "password_too_common": _("Too many people use this password; choose another one."),
    "password_entirely_numeric": _("A password of digits only is easily guessed; add letters."),
    "password_too_similar": _("This password is too much like your name or address."),
}


class UsernameField(forms.CharField):
    """A sign-in name: the same in whatever case it is typed."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        )
        super().__init__(max_length=150, widget=widget, **kwargs)

    def to_python(self, value: Any) -> str:
        """Return the name as it is kept."""
        return str(super().to_python(value) or "").strip().casefold()


def new_password_field(label: Any) -> forms.CharField:
    """Return the box for a password that is being chosen."""
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    return forms.CharField(label=label, strip=False, widget=widget)


class SignInForm(AuthenticationForm):
    """Name and password."""

    error_messages = {
        "invalid_login": _(
            "The sign-in name or the password is not right. Check the keyboard (capitals, "
            "Vietnamese typing) and try again, or ask for a new password below."
        ),
        "inactive": _("This account is closed. Ask the administrator of your unit."),
    }

    username = UsernameField(label=_("Sign-in name"))
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class NewPasswordForm(forms.Form):
    """Twice a new password."""

    password = new_password_field(_("New password"))
    password.help_text = _(
        "At least 10 characters; not only digits, no common password, nothing like your name. "
        "Several words in a row are easy to keep and hard to guess."
    )
    again = new_password_field(_("The same password again"))

    def __init__(self, person: User | None, *arguments: Any, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*arguments, **kwargs)

    def clean(self) -> dict[str, Any]:
        """See that both passwords are the same and good enough."""
        data: dict[str, Any] = super().clean() or {}
        password = data.get("password")
        if password and password != data.get("again"):
            self.add_error("again", _("This is not the same as the password above."))
        elif password:
            self._refuse_weak(password, self.person or self._typed(data))
        return data

    @staticmethod
    def _typed(data: dict[str, Any]) -> User:
        names = ("username", "full_name", "email")
        return User(**{name: data.get(name, "") for name in names})

    def _refuse_weak(self, password: str, person: User) -> None:
        try:
            validate_password(password, person)
        except forms.ValidationError as error:
            for weakness in error.error_list:
                self.add_error("password", WEAKNESSES.get(weakness.code or "", weakness))


class ChangePasswordForm(NewPasswordForm):
    """The present password, and twice the new one."""

    present = forms.CharField(
        label=_("Present password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    field_order = ["present", "password", "again"]

    def clean_present(self) -> str:
        """See that the person at the keyboard knows the password."""
        present: str = self.cleaned_data["present"]
        if self.person is None or not self.person.check_password(present):
            raise forms.ValidationError(_("This is not your present password."))
        return present


class ResetForm(forms.Form):
    """To which address the link shall go."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class DetailsForm(forms.Form):
    """What a person is called and how to reach them."""

    full_name = forms.CharField(
        label=_("Full name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("Needed to get a new password by mail, and the daily digest."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )


class NewPersonForm(NewPasswordForm):
    """How a new person will sign in."""

    username = UsernameField(
        label=_("Sign-in name"),
        validators=[USERNAME_RULE],
        help_text=_("For example mai.ngo; capitals do not count."),
    )

    field_order = ["username", "password", "again"]


class FirstRunForm(NewPersonForm):
    """The printed code, and who the first administrator is."""

    code = forms.CharField(
        label=_("One-time code"),
        max_length=40,
        help_text=_("“kheo serve” has printed it in the terminal."),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}
        ),
    )
    full_name = forms.CharField(label=_("Full name"), max_length=200)
    email = forms.EmailField(label=_("E-mail"), required=False)

    field_order = [
        "code",
        "full_name",
        "email",
        "username",
        "password",
        "again",
    ]
