"""What only mail over SMTP must withstand: refusals, silence, and servers without encryption."""

import datetime as dt
import ipaddress
import socket
import ssl
import threading
import time

import pytest
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from app.connectors.mail import MailMessage
from app.connectors.smtp_mail import SmtpMail
from app.errors import Rejected, Unavailable
from tests.support.smtp import running_smtp

SENDER = "Bürgerservice Musterstadt <post@musterstadt.example>"
MESSAGE = MailMessage("0f0e3c0e-6f0b-4a1c-9a53-2b8a4c9d7e10", "erika@example.org", "Hallo", "Text")


@pytest.fixture
def mail(smtp_port):
    return SmtpMail("127.0.0.1", smtp_port, SENDER)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A key and a certificate for 127.0.0.1 that vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail.example")])
    now = dt.datetime.now(dt.UTC)
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "server.pem"
    file.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return file


def server_tls(certificate):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


def test_the_envelope_names_one_sender_and_one_recipient(mail, desk):
    mail.send(MESSAGE)

    (envelope,) = desk.envelopes
    assert envelope.mail_from == "post@musterstadt.example"
    assert envelope.rcpt_tos == ["erika@example.org"]


@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize(
    ("answer", "kind"),
    [("451 try later", Unavailable), ("421 closing", Unavailable), ("550 no", Rejected)],
)
def test_a_refusal_is_final_or_not_as_the_server_says(mail, desk, stage, answer, kind):
    desk.answers[stage] = answer

    with pytest.raises(kind) as caught:
        mail.send(MESSAGE)

    assert "erika" not in repr(caught.value)
    assert caught.value.__cause__ is None
    assert desk.envelopes == []


def test_a_mail_is_sent_when_the_server_is_back(mail, desk):
    desk.answers["DATA"] = "451 try later"
    with pytest.raises(Unavailable):
        mail.send(MESSAGE)

    desk.answers.clear()
    mail.send(MESSAGE)

    assert len(desk.envelopes) == 1


def test_a_closed_port_is_an_outage():
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        mail = SmtpMail("127.0.0.1", unused.getsockname()[1], SENDER)

        with pytest.raises(Unavailable):
            mail.send(MESSAGE)
        with pytest.raises(Unavailable):
            mail.check()


def test_an_unknown_host_is_an_outage():
    with pytest.raises(Unavailable):
        SmtpMail("mail.invalid", 25, SENDER).check()


def test_a_server_that_says_nothing_is_an_outage():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        mail = SmtpMail("127.0.0.1", silent.getsockname()[1], SENDER, timeout_s=0.2)
        started = time.monotonic()

        with pytest.raises(Unavailable):
            mail.send(MESSAGE)

    assert time.monotonic() - started < 5


def test_a_server_that_turns_everybody_away_is_an_outage_not_a_refusal():
    with socket.create_server(("127.0.0.1", 0)) as closed:
        mail = SmtpMail("127.0.0.1", closed.getsockname()[1], SENDER)

        def turn_away():
            connection, _ = closed.accept()
            with connection:
                connection.sendall(b"554 no service\r\n")

        thread = threading.Thread(target=turn_away)
        thread.start()
        with pytest.raises(Unavailable):
            mail.send(MESSAGE)
        thread.join()


def test_nothing_is_sent_in_the_clear_when_encryption_is_wanted(smtp_port, desk):
    mail = SmtpMail("127.0.0.1", smtp_port, SENDER, starttls=True)

    with pytest.raises(Unavailable):
        mail.send(MESSAGE)

    assert desk.envelopes == []


def test_a_mail_goes_encrypted_and_signed_in(desk, certificate):
    def sign_in(_server, _session, _envelope, _mechanism, login):
        right = (login.login, login.password) == (b"amt", b"geheim")
        return AuthResult(success=right, handled=False)

    tls = ssl.create_default_context(cafile=str(certificate))
    with running_smtp(
        desk, tls_context=server_tls(certificate), authenticator=sign_in, auth_required=True
    ) as port:
        right = SmtpMail("127.0.0.1", port, SENDER, "amt", "geheim", starttls=True, tls=tls)
        wrong = SmtpMail("127.0.0.1", port, SENDER, "amt", "falsch", starttls=True, tls=tls)

        right.check()
        right.send(MESSAGE)
        with pytest.raises(Unavailable):
            wrong.send(MESSAGE)

    assert desk.encrypted == [True]
    assert desk.signed_in == [True]
    assert "geheim" not in repr(right)


def test_a_server_that_cannot_prove_its_name_gets_nothing(desk, certificate):
    with running_smtp(desk, tls_context=server_tls(certificate)) as port:
        mail = SmtpMail("127.0.0.1", port, SENDER, starttls=True)
        with pytest.raises(Unavailable):
            mail.send(MESSAGE)

    assert desk.envelopes == []


@pytest.mark.parametrize(
    "sender",
    [
        "",
        "Stadt",
        "a@b.example, c@d.example",
        "Amt, Stadt <a@b.example>",
        "a@b.example\r\nBcc: c@d",
    ],
)
def test_a_wrong_sender_stops_the_start(sender):
    with pytest.raises(ValueError):  # noqa: PT011 - the text may be the mail library's own
        SmtpMail("127.0.0.1", 25, sender)
