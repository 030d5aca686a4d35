"""Fehlertexte: what a person reads when something does not work, and what to do then."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProblemText:
    """``title`` names it, ``text`` says what happened, ``action`` what to do now.

    ``sign_in`` offers the way to sign in again; ``back`` the way to the page before.
    """

    title: str
    text: str
    action: str
    sign_in: bool = False
    back: bool = False


#: code of a platform error or of a refused request -> its text
PROBLEM_TEXTS: dict[str, ProblemText] = {
    "unauthenticated": ProblemText(
        "Bitte melden Sie sich an",
        "Diese Seite ist nur für angemeldete Personen. "
        "Vielleicht ist Ihre Anmeldung abgelaufen; gespeicherte Entwürfe bleiben erhalten.",
        "Melden Sie sich an. Danach geht es an derselben Stelle weiter.",
        sign_in=True,
    ),
    "token_unusable": ProblemText(
        "Das Zugriffstoken fehlt oder gilt nicht",
        "Bitte senden Sie im Kopf Authorization ein gültiges Zugriffstoken mit (Bearer …). "
        "Vielleicht ist es abgelaufen oder für einen anderen Empfänger ausgestellt.",
        "Holen Sie ein neues Zugriffstoken und wiederholen Sie die Anfrage.",
    ),
    "missing": ProblemText(
        "Das haben wir nicht gefunden",
        "Die Adresse stimmt nicht, der Inhalt wurde gelöscht, oder er gehört nicht zu Ihrem Konto.",
        "Prüfen Sie die Adresse. Haben Sie mehrere Konten, melden Sie sich mit dem anderen an.",
    ),
    "refused": ProblemText(
        "Das dürfen Sie hier nicht",
        "Mit Ihrem Konto ist diese Seite oder Aktion nicht möglich.",
        "Melden Sie sich mit einem anderen Konto an, "
        "oder bitten Sie die Leitung Ihrer Stelle um die Berechtigung.",
        sign_in=True,
    ),
    "assurance_too_low": ProblemText(
        "Bitte melden Sie sich sicherer an",
        "Für diese Leistung müssen wir genauer wissen, wer Sie sind, "
        "zum Beispiel durch den Online-Ausweis oder ein ELSTER-Zertifikat.",
        "Melden Sie sich erneut an und wählen Sie ein stärkeres Anmeldeverfahren.",
        sign_in=True,
    ),
    "wrong_state": ProblemText(
        "Das geht im Moment nicht",
        "Der Vorgang ist inzwischen an einer anderen Stelle. Es wurde nichts geändert.",
        "Laden Sie die vorige Seite neu und sehen Sie nach, wie es jetzt weitergeht.",
        back=True,
    ),
    "already_submitted": ProblemText(
        "Ihr Antrag ist schon bei uns",
        "Sie haben diesen Antrag bereits abgesendet. Er kann nicht mehr geändert werden.",
        "Den Stand und Ihre Eingangsbestätigung finden Sie in Ihrem Konto.",
    ),
    "too_late_to_withdraw": ProblemText(
        "Ihr Antrag lässt sich nicht mehr zurückziehen",
        "Über Ihren Antrag ist schon entschieden, oder der Vorgang ist abgeschlossen. "
        "Es wurde nichts geändert.",
        "Die Entscheidung finden Sie in Ihrem Postfach. "
        "Haben Sie Fragen dazu, wenden Sie sich bitte an Ihre Kommune.",
    ),
    "task_taken": ProblemText(
        "Jemand war schneller",
        "Diese Aufgabe bearbeitet inzwischen eine andere Person. Es wurde nichts geändert.",
        "Wählen Sie eine andere Aufgabe aus, oder sprechen Sie die Person an.",
        back=True,
    ),
    "task_done": ProblemText(
        "Diese Aufgabe ist erledigt",
        "Die Aufgabe wurde inzwischen abgeschlossen. Ihre Eingabe wurde nicht übernommen.",
        "Öffnen Sie den Vorgang. Im Verlauf sehen Sie, was geschehen ist.",
        back=True,
    ),
    "task_not_claimed": ProblemText(
        "Bitte übernehmen Sie die Aufgabe zuerst",
        "Nur wer eine Aufgabe übernommen hat, kann sie abschließen. Es wurde nichts geändert.",
        "Gehen Sie zurück, wählen Sie „Übernehmen“ und schließen Sie die Aufgabe dann ab.",
        back=True,
    ),
    "not_scanned_yet": ProblemText(
        "Diese Datei wird noch geprüft",
        "Wir prüfen jede Datei auf Schadprogramme, bevor sie geöffnet werden kann. "
        "Das dauert meist weniger als eine Minute.",
        "Gehen Sie zurück und versuchen Sie es gleich noch einmal.",
        back=True,
    ),
    "malware_found": ProblemText(
        "Diese Datei gibt es nicht mehr",
        "In der Datei wurde ein Schadprogramm gefunden. Deshalb haben wir sie gelöscht.",
        "Wird der Nachweis noch gebraucht, muss er neu erstellt und noch einmal "
        "eingereicht werden.",
        back=True,
    ),
    "changed_meanwhile": ProblemText(
        "Der Stand hat sich geändert",
        "In einem anderen Fenster oder von einer anderen Person wurde inzwischen gespeichert. "
        "Wir haben nichts überschrieben.",
        "Gehen Sie zurück, laden Sie die Seite neu und geben Sie Ihre Änderung noch einmal ein.",
        back=True,
    ),
    "cannot_migrate": ProblemText(
        "Der Vorgang bleibt bei seiner Fassung",
        "Dieser Vorgang kann nicht mit der neuen Fassung des Prozesses weitergehen. "
        "Es wurde nichts geändert.",
        "Sehen Sie sich die Vorschau an: Sie nennt die Gründe und was Sie zuordnen können.",
        back=True,
    ),
    "idempotency_key_reused": ProblemText(
        "Diese Anfrage passt nicht zur ersten",
        "Zu derselben Kennung (Idempotency-Key) kam schon eine Anfrage mit anderem Inhalt an.",
        "Senden Sie die Anfrage mit einer neuen Kennung.",
    ),
    "invalid": ProblemText(
        "Bitte prüfen Sie Ihre Angaben",
        "Einige Angaben fehlen oder passen noch nicht.",
        "Gehen Sie zurück und ergänzen oder berichtigen Sie diese Angaben.",
        back=True,
    ),
    "bundle_invalid": ProblemText(
        "Das Leistungspaket hat Fehler",
        "Das Paket ließ sich nicht lesen. Es wurde nichts übernommen.",
        "Beheben Sie die genannten Stellen und laden Sie das Paket noch einmal hoch.",
        back=True,
    ),
    "declaration_missing": ProblemText(
        "Ihre Erklärung fehlt noch",
        "Vor dem Absenden müssen Sie bestätigen, dass Ihre Angaben stimmen.",
        "Gehen Sie zurück, bestätigen Sie die Erklärung und senden Sie den Antrag ab.",
        back=True,
    ),
    "incident": ProblemText(
        "Hier ist uns ein Fehler passiert",
        "Ein Schritt hat nicht geklappt. Ihre Daten sind sicher, und es wurde nichts geändert.",
        "Versuchen Sie es später noch einmal. "
        "Bleibt der Fehler bestehen, wenden Sie sich bitte an Ihre Kommune.",
        back=True,
    ),
    "rejected": ProblemText(
        "Das angebundene System hat abgelehnt",
        "Ein System, mit dem wir zusammenarbeiten, hat die Anfrage nicht angenommen. "
        "Ihre Angaben sind gespeichert.",
        "Ein neuer Versuch hilft hier nicht. Bitte wenden Sie sich an Ihre Kommune.",
    ),
    "unavailable": ProblemText(
        "Das ist gerade nicht erreichbar",
        "Ein Teil der Plattform antwortet im Moment nicht. Ihre gespeicherten Daten sind sicher.",
        "Warten Sie ein paar Minuten und laden Sie die Seite dann neu.",
        back=True,
    ),
    "too_large": ProblemText(
        "Das war zu groß",
        "Was Sie gesendet haben, ist größer als erlaubt. Es wurde nichts gespeichert.",
        "Wählen Sie eine kleinere Datei, zum Beispiel ein Foto in geringerer Auflösung.",
        back=True,
    ),
    "too_many": ProblemText(
        "Das waren sehr viele Anfragen",
        "In kurzer Zeit kamen von Ihnen zu viele Anfragen an.",
        "Warten Sie eine Minute und versuchen Sie es dann noch einmal.",
        back=True,
    ),
    "csrf": ProblemText(
        "Bitte senden Sie das noch einmal",
        "Die Seite war zu lange offen, oder Ihre Anmeldung ist inzwischen nicht mehr dieselbe. "
        "Zu Ihrem Schutz haben wir die Eingabe nicht angenommen.",
        "Gehen Sie zurück, laden Sie die Seite neu und senden Sie sie noch einmal ab.",
        back=True,
    ),
    "foreign_host": ProblemText(
        "Unter diesem Namen sind wir nicht zu erreichen",
        "Die Anfrage nennt im Kopf Host einen anderen Namen als die Adresse dieser Plattform.",
        "Rufen Sie die Plattform unter ihrer eigenen Adresse auf.",
    ),
    "method": ProblemText(
        "So lässt sich diese Adresse nicht aufrufen",
        "Diese Adresse ist für etwas anderes gedacht, zum Beispiel für das Absenden einer Seite.",
        "Gehen Sie zurück und benutzen Sie die Knöpfe auf der Seite.",
        back=True,
    ),
    "bad_request": ProblemText(
        "Das haben wir nicht verstanden",
        "Die Anfrage war unvollständig oder hatte ein Format, das wir nicht kennen.",
        "Gehen Sie zurück, laden Sie die Seite neu und versuchen Sie es noch einmal.",
        back=True,
    ),
    "unreadable_json": ProblemText(
        "Das JSON lässt sich nicht lesen",
        "Der Inhalt der Anfrage ist kein gültiges JSON, ist zu tief geschachtelt "
        "oder enthält einen Namen doppelt.",
        "Prüfen Sie den Inhalt und senden Sie die Anfrage noch einmal.",
        back=True,
    ),
    "media_type": ProblemText(
        "Dieses Format nehmen wir hier nicht an",
        "Der Inhalt der Anfrage hat ein anderes Format (Content-Type), als diese Adresse erwartet.",
        "Sehen Sie in der Beschreibung der Schnittstelle nach, welches Format hier passt.",
        back=True,
    ),
    "idempotency_key_missing": ProblemText(
        "Die Kennung der Anfrage fehlt",
        "Diese Anfrage braucht eine Kennung im Kopf Idempotency-Key. "
        "So wirkt sie auch dann nur einmal, wenn sie zweimal ankommt.",
        "Wählen Sie eine neue Kennung, zum Beispiel eine UUID, und senden Sie die Anfrage damit.",
    ),
    "idempotency_key_unusable": ProblemText(
        "Die Kennung der Anfrage passt nicht",
        "Die Kennung im Kopf Idempotency-Key darf 1 bis 255 Zeichen lang sein, "
        "ohne Leerzeichen, Umlaute und ß.",
        "Wählen Sie eine andere Kennung, zum Beispiel eine UUID.",
    ),
    "internal": ProblemText(
        "Hier ist uns ein Fehler passiert",
        "Das hätte nicht geschehen dürfen. Der Fehler ist festgehalten, "
        "und Ihre gespeicherten Daten sind sicher.",
        "Versuchen Sie es in ein paar Minuten noch einmal.",
        back=True,
    ),
}
