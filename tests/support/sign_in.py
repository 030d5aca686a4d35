"""Anmeldung, Attrappe: a token is the name of a persona."""

from app.connectors.sign_in import SignedIn, SignInRequest
from app.domain.assurance import AssuranceLevel
from app.domain.identity import Identity, PersonType, Role
from app.errors import Unauthenticated

ISSUER = "https://idp.example"


def citizen(subject: str = "citizen", **changes) -> Identity:
    """Make a natural person who lives in Musterstadt."""
    usual = {
        "issuer": ISSUER,
        "subject": subject,
        "assurance": AssuranceLevel.SUBSTANTIAL,
        "given_name": "Erika",
        "family_name": "Beispiel",
        "birth_date": "1980-05-17",
        "email": f"{subject}@example.org",
        "street": "Gartenweg",
        "house_number": "7a",
        "postcode": "99999",
        "town": "Musterstadt",
    }
    return Identity(**{**usual, **changes})


def case_worker(subject: str = "caseworker", **changes) -> Identity:
    """Make a case worker of Musterstadt's group for fees."""
    usual = {
        "issuer": ISSUER,
        "subject": subject,
        "assurance": AssuranceLevel.HIGH,
        "given_name": "Kim",
        "family_name": "Amtlich",
        "roles": (Role.CASE_WORKER,),
        "municipality": "musterstadt",
        "groups": ("abgaben",),
    }
    return Identity(**{**usual, **changes})


PERSONAS = {
    "citizen": citizen(),
    "citizen2": citizen("citizen2", given_name="Max", family_name="Probe"),
    "weak": citizen("weak", assurance=AssuranceLevel.NONE),
    "company": citizen(
        "company",
        person_type=PersonType.JURISTIC,
        given_name="",
        family_name="",
        birth_date="",
        organisation_name="Muster Gartenbau GmbH",
        organisation_register="HRB 1234",
    ),
    "caseworker": case_worker(),
    "caseworker2": case_worker("caseworker2", given_name="Robin", family_name="Zweit"),
    "caseworker-county": case_worker("caseworker-county", municipality="musterland"),
    "operator": case_worker("operator", roles=(Role.OPERATOR,), groups=()),
}


class FakeSignIn:
    """Knows everybody's token and no sign-in page."""

    def __init__(self, personas: dict[str, Identity] | None = None) -> None:
        self.personas = dict(PERSONAS if personas is None else personas)

    def begin(self, redirect_uri: str, *, login_hint: str = "") -> SignInRequest:
        """Send the browser straight back."""
        return SignInRequest(f"{redirect_uri}?code={login_hint}&state=s", "s", "n", "v" * 43)

    def finish(
        self,
        redirect_uri: str,  # noqa: ARG002 - protocol
        response_url: str,
        request: SignInRequest,  # noqa: ARG002 - protocol
    ) -> SignedIn:
        """Sign in whoever the code names."""
        code = response_url.partition("code=")[2].partition("&")[0]
        return SignedIn(self.identify(code), "id-token")

    def identify(self, access_token: str) -> Identity:
        """Return the persona of that name.

        :raises Unauthenticated: there is none.
        """
        try:
            return self.personas[access_token]
        except KeyError:
            raise Unauthenticated from None

    def sign_out_url(self, id_token: str, return_to: str) -> str:  # noqa: ARG002 - protocol
        """Need no sign-out elsewhere."""
        return ""
