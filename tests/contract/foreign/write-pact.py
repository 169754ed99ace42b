"""A consumer of the users service as a Python team would test theirs: pact-python, and nothing of this repository."""

import json
import sys
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from pact import Pact, match

GRACE = {"email": "grace.hopper@example.com", "password": "correct horse battery"}


def sign_in(base: str, credentials: dict) -> dict:
    body = json.dumps(credentials).encode()
    request = Request(f"{base}/rpc/users.v1/signIn", data=body, headers={"content-type": "application/json"})
    try:
        with urlopen(request) as response:
            return json.load(response)["result"]["data"]
    except HTTPError as error:
        return {"refused": json.load(error)["error"]["data"]["reason"]}


pact = Pact("backoffice", "users").with_specification("V4")

(
    pact.upon_receiving("signIn: the right password")
    .given("the caller is nobody known")
    .given("a user is registered", **GRACE)
    .with_request("POST", "/rpc/users.v1/signIn")
    .with_body(json.dumps(GRACE), "application/json")
    .will_respond_with(200)
    .with_body({"result": {"data": {"accessToken": match.str("a.b.c"), "expiresInSeconds": match.int(600)}}}, "application/json")
)
(
    pact.upon_receiving("signIn: a wrong password")
    .given("the caller is nobody known")
    .given("a user is registered", **GRACE)
    .with_request("POST", "/rpc/users.v1/signIn")
    .with_body(json.dumps({**GRACE, "password": "guessed"}), "application/json")
    .will_respond_with(401)
    .with_body({"error": {"data": {"reason": "invalid_credentials"}}}, "application/json")
)

with pact.serve() as server:
    assert sign_in(str(server.url), GRACE)["expiresInSeconds"] == 600
    assert sign_in(str(server.url), {**GRACE, "password": "guessed"}) == {"refused": "invalid_credentials"}

pact.write_file(sys.argv[1], overwrite=True)
