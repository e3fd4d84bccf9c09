"""The second opinion of spacepackets (PyPI): reads one JSON request a line, answers one JSON line each.

Request:  {"kind": K, "encode": VALUE}  ->  {"hex": OCTETS}
          {"kind": K, "decode": OCTETS, ...managed parameters}  ->  {"value": VALUE}
Either:   {"refused": REASON} when the library refuses. VALUE has the names that the TypeScript side uses.
"""

import json
import sys

import fastcrc
from spacepackets.ccsds.spacepacket import PacketType, SequenceFlags, SpacePacketHeader
from spacepackets.ccsds.time.cds import CdsShortTimestamp
from spacepackets.ccsds.tm_frame import (
    MasterChannelId,
    TmFramePrimaryHeader,
    TmTransferFrame,
    TransferFrameDataFieldStatus,
    TransferFrameSecondaryHeader,
)
from spacepackets.ecss.fields import PacketFieldEnum
from spacepackets.ecss.pus_1_verification import (
    FailureNotice,
    ManagedParamsVerification,
    Service1Tm,
    VerificationParams,
)
from spacepackets.ecss.req_id import RequestId
from spacepackets.ecss.tc import PusTc
from spacepackets.ecss.tm import ManagedParams, MiscParams, PusTm
from spacepackets.uslp.frame import (
    FixedFrameProperties,
    FrameType,
    TfdzConstructionRules,
    TransferFrame,
    TransferFrameDataField,
    UslpProtocolIdentifier,
    VarFrameProperties,
)
from spacepackets.uslp.header import (
    BypassSequenceControlFlag,
    PrimaryHeader,
    ProtocolCommandFlag,
    SourceOrDestField,
    TruncatedPrimaryHeader,
)

SEQUENCE = ["continuation", "first", "last", "unsegmented"]


def space_packet_encode(v):
    data = bytes.fromhex(v["data"])
    header = SpacePacketHeader(
        packet_type=PacketType.TC if v["telecommand"] else PacketType.TM,
        apid=v["apid"],
        seq_count=v["count"],
        data_len=len(data) - 1,
        sec_header_flag=v["secondaryHeader"],
        seq_flags=SequenceFlags(SEQUENCE.index(v["sequence"])),
    )
    return bytes(header.pack()) + data


def space_packet_decode(raw, _):
    h = SpacePacketHeader.unpack(raw)
    if h.packet_len != len(raw):
        raise ValueError("length")
    return {
        "telecommand": h.packet_type == PacketType.TC,
        "secondaryHeader": bool(h.sec_header_flag),
        "apid": h.apid,
        "sequence": SEQUENCE[int(h.seq_flags)],
        "count": h.seq_count,
        "data": raw[6:].hex(),
    }


def telecommand_encode(v):
    return PusTc(
        apid=v["apid"],
        seq_count=v["count"],
        ack_flags=v["acknowledge"],
        service=v["service"],
        message_subtype=v["subtype"],
        source_id=v["sourceId"],
        app_data=bytes.fromhex(v["data"]),
    ).pack()


def telecommand_decode(raw, _):
    tc = PusTc.unpack(raw)
    return {
        "apid": tc.apid,
        "count": tc.seq_count,
        "acknowledge": tc.pus_tc_sec_header.ack_flags,
        "service": tc.service,
        "subtype": tc.message_subtype,
        "sourceId": tc.source_id,
        "data": tc.app_data.hex(),
    }


def telemetry_encode(v):
    return PusTm(
        apid=v["apid"],
        seq_count=v["count"],
        misc_params=MiscParams(spacecraft_time_ref=v["timeStatus"]),
        service=v["service"],
        message_subtype=v["subtype"],
        message_counter=v["messageCount"],
        destination_id=v["destinationId"],
        timestamp=bytes.fromhex(v["time"]),
        source_data=bytes.fromhex(v["data"]),
    ).pack()


def telemetry_decode(raw, request):
    tm = PusTm.unpack(raw, timestamp_len=request["timeOctets"])
    second = tm.pus_tm_sec_header
    return {
        "apid": tm.apid,
        "count": tm.seq_count,
        "timeStatus": second.spacecraft_time_ref,
        "service": tm.service,
        "subtype": tm.message_subtype,
        "messageCount": second.message_counter,
        "destinationId": second.dest_id,
        "time": bytes(second.timestamp).hex(),
        "data": bytes(tm.source_data).hex(),
    }


def verification_encode(v):
    """A whole telemetry packet of service 1: 16-bit failure codes, 8-bit steps, six octets of time."""
    subtype = v["subtype"]
    parameters = VerificationParams(RequestId.unpack(v["request"].to_bytes(4, "big")))
    if subtype in (5, 6):
        parameters.step_id = PacketFieldEnum.with_byte_size(1, v["step"])
    if subtype % 2 == 0:
        parameters.failure_notice = FailureNotice(
            PacketFieldEnum.with_byte_size(2, v["code"]), bytes.fromhex(v["detail"])
        )
    return Service1Tm(
        apid=101, message_subtype=subtype, timestamp=bytes.fromhex(v["time"]), verif_params=parameters
    ).pack()


def verification_decode(raw, _):
    report = Service1Tm.unpack(raw, ManagedParams(timestamp_len=6), ManagedParamsVerification(1, 2))
    notice = report.failure_notice
    return {
        "subtype": report.message_subtype,
        "request": report.tc_req_id.as_u32(),
        "step": None if report.step_id is None else report.step_id.val,
        "code": None if notice is None else notice.code.val,
        "detail": None if notice is None else bytes(notice.data).hex(),
        "time": bytes(report.timestamp).hex(),
    }


def tm_frame_encode(v):
    status = TransferFrameDataFieldStatus(
        v["secondaryHeader"] is not None,
        v["synchronized"],
        v["packetOrder"],
        v["segmentLengthId"],
        v["firstHeaderPointer"],
    )
    primary = TmFramePrimaryHeader(
        MasterChannelId(0, v["spacecraftId"]),
        v["virtualChannelId"],
        v["ocf"] is not None,
        v["masterChannelCount"],
        v["virtualChannelCount"],
        status,
    )
    secondary = None
    if v["secondaryHeader"] is not None:
        data = bytes.fromhex(v["secondaryHeader"])[1:]
        secondary = TransferFrameSecondaryHeader(0, len(data), data)
    data = bytes.fromhex(v["data"])
    ocf = None if v["ocf"] is None else v["ocf"].to_bytes(4, "big")
    length = 6 + (0 if secondary is None else len(secondary.pack())) + len(data) + (0 if ocf is None else 4)
    # The library packs an error control field that the caller brings; its arithmetic is that of the library's own check.
    raw = TmTransferFrame(length, primary, secondary, data, ocf, None).pack()
    return raw + fastcrc.crc16.ibm_3740(raw).to_bytes(2, "big") if v["fecf"] else raw


def tm_frame_decode(raw, request):
    f = TmTransferFrame.unpack(raw, len(raw), request["fecf"])
    h = f.primary_header
    s = h.frame_datafield_status
    return {
        "spacecraftId": h.master_channel_id.spacecraft_id,
        "virtualChannelId": h.vc_id,
        "masterChannelCount": h.master_ch_frame_count,
        "virtualChannelCount": h.vc_frame_count,
        "secondaryHeader": None if f.secondary_header is None else f.secondary_header.pack().hex(),
        "synchronized": s.sync_flag,
        "packetOrder": s.packet_order_flag,
        "segmentLengthId": s.segment_len_id,
        "firstHeaderPointer": s.first_header_pointer,
        "data": f.data_field.hex(),
        "ocf": None if f.op_ctrl_field is None else int.from_bytes(f.op_ctrl_field, "big"),
        "fecf": request["fecf"],
    }


def uslp_encode(v):
    common = {
        "scid": v["spacecraftId"],
        "src_dest": SourceOrDestField(v["destination"]),
        "vcid": v["virtualChannelId"],
        "map_id": v["mapId"],
    }
    if v["truncated"]:
        header = TruncatedPrimaryHeader(**common)
    else:
        header = PrimaryHeader(
            **common,
            frame_len=0,
            bypass_seq_ctrl_flag=BypassSequenceControlFlag(v["bypass"]),
            prot_ctrl_cmd_flag=ProtocolCommandFlag(v["protocolControl"]),
            op_ctrl_flag=v["ocf"] is not None,
            vcf_count_len=v["countOctets"],
            vcf_count=v["count"] if v["countOctets"] else None,
        )
    frame = TransferFrame(
        header=header,
        tfdf=TransferFrameDataField(
            tfdz_cnstr_rules=TfdzConstructionRules(v["constructionRule"]),
            uslp_ident=UslpProtocolIdentifier(v["protocolId"]),
            tfdz=bytes.fromhex(v["zone"]),
            fhp_or_lvop=v["pointer"],
        ),
        insert_zone=bytes.fromhex(v["insertZone"]) if v["insertZone"] else None,
        op_ctrl_field=None if v["ocf"] is None else v["ocf"].to_bytes(4, "big"),
        has_fecf=v["fecf"],
    )
    frame.set_frame_len_in_header()
    return frame.pack(truncated=v["truncated"])


def uslp_decode(raw, request):
    insert = {"has_insert_zone": request["insertOctets"] > 0, "insert_zone_len": request["insertOctets"]}
    if request["fixed"]:
        kind, properties = FrameType.FIXED, FixedFrameProperties(len(raw), has_fecf=request["fecf"], **insert)
    else:
        kind = FrameType.VARIABLE
        properties = VarFrameProperties(has_fecf=request["fecf"], truncated_frame_len=len(raw), **insert)
    f = TransferFrame.unpack(raw, kind, properties)
    h = f.header
    truncated = h.truncated()
    return {
        "spacecraftId": h.scid,
        "destination": int(h.src_dest),
        "virtualChannelId": h.vcid,
        "mapId": h.map_id,
        "truncated": truncated,
        "bypass": 0 if truncated else int(h.bypass_seq_ctrl_flag),
        "protocolControl": 0 if truncated else int(h.prot_ctrl_cmd_flag),
        "countOctets": 0 if truncated else h.vcf_count_len,
        "count": 0 if truncated else h.vcf_count or 0,
        "constructionRule": int(f.tfdf.tfdz_contr_rules),
        "protocolId": int(f.tfdf.uslp_ident),
        "pointer": f.tfdf.fhp_or_lvop,
        "zone": bytes(f.tfdf.tfdz).hex(),
        "insertZone": bytes(f.insert_zone).hex() if f.insert_zone else "",
        "ocf": int.from_bytes(f.op_ctrl_field, "big") if f.op_ctrl_field else None,
        "fecf": request["fecf"],
    }


def cds_encode(v):
    return CdsShortTimestamp(v["days"], v["milliseconds"]).pack()


def cds_decode(raw, _):
    stamp = CdsShortTimestamp.unpack(raw)
    return {"days": stamp.ccsds_days, "milliseconds": stamp.ms_of_day}


KINDS = {
    "space packet": (space_packet_encode, space_packet_decode),
    "telecommand": (telecommand_encode, telecommand_decode),
    "telemetry": (telemetry_encode, telemetry_decode),
    "verification report": (verification_encode, verification_decode),
    "tm frame": (tm_frame_encode, tm_frame_decode),
    "uslp frame": (uslp_encode, uslp_decode),
    "cds": (cds_encode, cds_decode),
}


def answer(request):
    encode, decode = KINDS[request["kind"]]
    try:
        if "encode" in request:
            return {"hex": bytes(encode(request["encode"])).hex()}
        return {"value": decode(bytes.fromhex(request["decode"]), request)}
    except Exception as error:  # whatever the library throws is its refusal
        return {"refused": f"{type(error).__name__}: {error}"}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))))
