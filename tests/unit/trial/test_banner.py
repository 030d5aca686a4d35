"""What people read once the trial is ready."""

from app.trial.banner import banner


def test_it_names_the_address_the_people_and_the_way_out():
    text = banner("http://127.0.0.1:8123", [("citizen", "Erika Beispiel stellt Anträge.")])

    assert "http://127.0.0.1:8123/\n" in text
    assert "citizen" in text
    assert "Erika Beispiel stellt Anträge." in text
    assert "Strg+C" in text
