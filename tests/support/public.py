"""Öffentlich: every address that answers without a sign-in, and why it may."""

_CATALOGUE = "says what a municipality offers, to everybody"
_SIGN_IN = "leads to and from the sign-in"
_OPERATIONS = "for probes; holds no names and no ids"
_TRIAL = "exists only in a trial, before anybody is signed in"

#: endpoint -> why nobody has to be signed in; whatever is not named here asks who calls
PUBLIC = {
    "static": "style sheets, scripts and pictures of the pages",
    "citizen.municipality": _CATALOGUE,
    "citizen.service": _CATALOGUE,
    "municipalities.listing": _CATALOGUE,
    "municipalities.services": _CATALOGUE,
    "municipalities.service": _CATALOGUE,
    "api_description.page": "describes the interface to those who want to use it",
    "api_description.openapi": "describes the interface to programs",
    "sign_in.begin": _SIGN_IN,
    "sign_in.finish": _SIGN_IN,
    "sign_in.left": _SIGN_IN,
    "sign_in.leave": "signing out twice does no harm",
    "operations.alive": _OPERATIONS,
    "operations.ready": _OPERATIONS,
    "operations.metrics": _OPERATIONS,
    "operations.security_txt": "tells whom to write to about a weakness (RFC 9116)",
    "trial.landing": _TRIAL,
    "gallery.show": "shows the components of forms, in a trial only; holds no case",
    "trial_idp.configuration": _TRIAL,
    "trial_idp.keys": _TRIAL,
    "trial_idp.authorize": _TRIAL,
    "trial_idp.choose": _TRIAL,
    "trial_idp.token": _TRIAL,
    "trial_idp.logout": _TRIAL,
    "trial_idp.userinfo": "asks for the provider's own token",
}
