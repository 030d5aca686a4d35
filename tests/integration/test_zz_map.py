def test_x(app):
    for r in sorted(app.url_map.iter_rules(), key=str): print("MAP", r.rule, r.endpoint, sorted(r.methods-{"HEAD","OPTIONS"}))
