"""Files of a field that the final answers no longer ask for."""

from tests.support.samples import jpeg_photo

BILL = "/nachweise/rechnung"


def test_a_file_that_is_no_longer_asked_for_does_not_reach_the_authority(citizen, worker, draft):
    bill = citizen.upload(f"/applications/{draft}/evidence", BILL, "Rechnung.jpg", jpeg_photo())
    assert bill.status_code == 201
    uploaded = citizen.get(f"/applications/{draft}").json["evidence"]
    [photo] = [file for file in uploaded if file["field"] != BILL]

    receipt = citizen.post(
        f"/applications/{draft}/submission", {"declaration": True}, key="once"
    ).json

    for reader in (citizen, worker):
        shown = reader.get(f"/cases/{receipt['case_id']}").json
        assert [file["id"] for file in shown["evidence"]] == [photo["id"]]
    assert citizen.get(bill.json["content_url"]).status_code == 404
