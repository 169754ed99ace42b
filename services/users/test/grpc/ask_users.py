"""Asks users by what protoc makes of users.proto: no code of this repository. Prints what came of each call as JSON."""

import json
import sys

import details_pb2
import grpc
import users_pb2
import users_pb2_grpc

target, token, known, unknown, seconds = sys.argv[1:]
allowed = (("authorization", f"Bearer {token}"),)


def details(error):
    for key, value in error.trailing_metadata():
        if key == "grpc-status-details-bin":
            for detail in details_pb2.Status.FromString(value).details:
                info = details_pb2.ErrorInfo()
                if detail.Unpack(info):
                    return {"reason": info.reason, "domain": info.domain}
    return None


def ask(user_id, metadata=allowed):
    try:
        user = users.GetUser(users_pb2.GetUserRequest(user_id=user_id), metadata=metadata, timeout=float(seconds))
        return {"id": user.id, "email": user.email, "name": user.name}
    except grpc.RpcError as error:
        return {"code": error.code().name, **(details(error) or {})}


with grpc.insecure_channel(target) as channel:
    users = users_pb2_grpc.UsersServiceStub(channel)
    told = {
        "known": ask(known),
        "unknown": ask(unknown),
        "nobody": ask(known, metadata=()),
        "no id": ask("ada"),
        "sign out": None,
    }
    try:
        users.SignOut(users_pb2.SignOutRequest(), metadata=allowed, timeout=float(seconds))
    except grpc.RpcError as error:
        told["sign out"] = {"code": error.code().name, **(details(error) or {})}
print(json.dumps(told))
