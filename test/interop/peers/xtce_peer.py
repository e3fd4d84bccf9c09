"""Reads one JSON object {xtce, packets} from standard input: validates the XTCE against the schema of version 1.2 and
decodes the packets with it, by space_packet_parser. Writes one JSON object {errors, packets}."""

import contextlib
import json
import sys

from space_packet_parser.xtce.definitions import XtcePacketDefinition
from space_packet_parser.xtce.validation import validate_xtce


def plain(value):
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, bool) or type(value).__name__.startswith("Bool"):
        return bool(value)
    if isinstance(value, float):
        return float(value)
    if isinstance(value, int):
        return int(value)
    return str(value)


def answer(asked):
    with open(asked["path"], "w", encoding="utf-8") as file:
        file.write(asked["xtce"])
    result = validate_xtce(asked["path"])
    definition = XtcePacketDefinition.from_xtce(asked["path"])
    packets = []
    for packet in asked["packets"]:
        try:
            read = definition.parse_bytes(bytes.fromhex(packet))
            packets.append({name: plain(value) for name, value in read.items()})
        except Exception as refusal:
            packets.append({"refused": f"{type(refusal).__name__}: {refusal}"})
    return {"errors": [] if result.valid else [str(error) for error in result.errors], "packets": packets}


# The library prints its progress.
with contextlib.redirect_stdout(sys.stderr):
    answered = answer(json.load(sys.stdin))
json.dump(answered, sys.stdout)
