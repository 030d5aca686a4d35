"""Briefkopf einer E-Mail: turns a message into bytes that no name can break out of."""

import re
import unicodedata
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate
from uuid import UUID

from app.connectors.mail import MailMessage
from app.errors import Rejected

_POLICY = policy.SMTP.clone(utf8=False, cte_type="7bit")

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
#: Source: RFC 5321 4.1.2 and 4.5.3.1, without quoted names and address literals
_ADDRESS = re.compile(
    rf"(?=.{{3,254}}\Z)(?=.{{1,64}}@){_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*\Z"
)


def compose(message: MailMessage, sender: str) -> EmailMessage:
    """Write the mail to its one recipient, dated now.

    The Message-ID is made of ``message.id``. ``To`` holds the bare address, in ASCII.

    :raises Rejected: an id that is no uuid, an address that is not exactly one, or a control
        character where only one line may stand.
    """
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = sender
    mail["To"] = _recipient(message.to)
    mail["Subject"] = _line(message.subject)
    mail["Date"] = formatdate()
    mail["Message-ID"] = f"<{_uuid(message.id)}@{sender_address(sender).domain}>"
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no answer from a machine
    mail.set_content(message.body, cte="quoted-printable")
    return mail


def sender_address(sender: str) -> Address:
    """Read the address of a sender that may have a name before it.

    :raises ValueError: if it is not exactly one address; a name with a comma needs quotes.
    """
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = sender
    addresses: tuple[Address, ...] = mail["From"].addresses
    if len(addresses) != 1 or not _ADDRESS.match(addresses[0].addr_spec):
        raise ValueError("the sender is not exactly one mail address")
    return addresses[0]


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Rejected("mail-id") from None


def _recipient(text: str) -> Address:
    user, _, domain = _line(text).strip().rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        raise Rejected("mail-address") from None
    if not _ADDRESS.match(f"{user}@{ascii_domain}"):
        raise Rejected("mail-address")
    return Address(username=user, domain=ascii_domain)


def _line(text: str) -> str:
    if any(unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} for sign in text):
        raise Rejected("mail-header")
    return text
