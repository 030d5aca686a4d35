"""uv asks the same package index as pip."""

from app.trial.package_index import read_pip_config, uv_variables


def test_the_environment_wins_over_the_command_over_the_global_section():
    listing = (
        "global.index-url='https://a.example/simple'\n"
        "global.timeout='60'\n"
        "install.index-url='https://b.example/simple'\n"
        ":env:.index-url='https://c.example/simple'\n"
        "download.index-url='https://d.example/simple'\n"
    )
    assert read_pip_config(listing)["index-url"] == "https://c.example/simple"


def test_a_machine_without_settings_changes_nothing():
    assert list(uv_variables(read_pip_config(""), {})) == []


def test_an_own_index_becomes_the_default_index():
    pip = {"index-url": "https://a.example/simple"}

    assert list(uv_variables(pip, {})) == [("UV_DEFAULT_INDEX", "https://a.example/simple")]


def test_further_indexes_are_all_looked_at_as_pip_does():
    pip = read_pip_config("global.extra-index-url='https://a.example/s\\nhttps://b.example/s'")

    assert dict(uv_variables(pip, {})) == {
        "UV_INDEX": "https://a.example/s https://b.example/s",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
    }


def test_what_is_set_for_uv_stays():
    pip = {"index-url": "https://a.example/simple"}

    assert list(uv_variables(pip, {"UV_DEFAULT_INDEX": "https://own.example"})) == []
