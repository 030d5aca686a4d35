"""A browser over real HTTP: follows redirects, keeps cookies and sends forms as they stand."""

from html.parser import HTMLParser
from urllib.parse import parse_qs, urljoin, urlsplit

import requests


class Form(HTMLParser):
    """The last form of a page: where it goes, its hidden fields and its buttons."""

    def __init__(self, page: requests.Response, action: str = "") -> None:
        super().__init__()
        self._wanted, self._inside = action, False
        self.action = page.url
        self.fields: dict[str, str] = {}
        self.buttons: list[str] = []
        self._page = page
        self.feed(page.text)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag == "form":
            self._inside = self._wanted in values.get("action", "")
            if self._inside:
                self.action = urljoin(self._page.url, values.get("action", ""))
                self.fields, self.buttons = {}, []
        elif self._inside and tag == "input" and values.get("type") == "hidden":
            self.fields[values["name"]] = values.get("value") or ""
        elif self._inside and tag == "button" and values.get("name"):
            self.buttons.append(values.get("value") or "")

    def handle_endtag(self, tag):
        if tag == "form":
            self._inside = False


class HttpBrowser:
    """One browser profile; addresses may be paths of the platform."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.http = requests.Session()
        self.http.trust_env = False

    def open(self, path: str, *, follow: bool = True) -> requests.Response:
        return self.http.get(
            urljoin(self.address, path), allow_redirects=follow, timeout=10, headers=_NAVIGATION
        )

    def submit(
        self, page: requests.Response, *, action: str = "", follow: bool = True, **more: str
    ) -> requests.Response:
        """Send the form of ``page`` that goes to ``action``, with the named button or fields."""
        form = Form(page, action)
        return self.http.post(
            form.action,
            data={**form.fields, **more},
            allow_redirects=follow,
            timeout=10,
            headers={**_NAVIGATION, "Origin": self.address, "Sec-Fetch-Site": "same-origin"},
        )

    def sign_in(self, persona: str, to: str = "/abgemeldet") -> requests.Response:
        """Sign in and stop at the redirect that ends it; ``to`` is where one wants to go."""
        page = self.open(f"/anmelden?als={persona}&weiter={to}")
        back = self.submit(page, action="/trial-idp/authorize", persona=persona, follow=False)
        return self.open(back.headers["Location"], follow=False)

    @property
    def key(self) -> str | None:
        """The session key that the browser holds."""
        return self.http.cookies.get("antragswerk")

    def close(self) -> None:
        self.http.close()


_NAVIGATION = {"Accept": "text/html"}


def query(url: str) -> dict[str, str]:
    """Read the query of an address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
