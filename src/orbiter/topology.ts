// The orbiter: who is aboard, and what flows where. The far side of its radio (`toSpace`, `fromSpace`) is left open:
// a socket, a simulated ground or a path with light time is joined to it by whoever composes.
import { type Authorise, permitAll } from '../fsw/command-dispatcher/authorise.ts';
import { commandDispatcher } from '../fsw/command-dispatcher/behaviour.ts';
import { connectionTest } from '../fsw/connection-test/behaviour.ts';
import { eventLog } from '../fsw/event-log/behaviour.ts';
import { frameMultiplexer } from '../fsw/frame-multiplexer/behaviour.ts';
import { health } from '../fsw/health/behaviour.ts';
import { housekeeping } from '../fsw/housekeeping/behaviour.ts';
import { parameterStore } from '../fsw/parameter-store/behaviour.ts';
import { rateGroup } from '../fsw/rate-groups/behaviour.ts';
import { tcReceiver } from '../fsw/tc-receiver/behaviour.ts';
import type { ReceptionOptions } from '../fsw/tc-receiver/reception.ts';
import { telemetryPacketizer } from '../fsw/telemetry-packetizer/behaviour.ts';
import { timekeeper } from '../fsw/timekeeper/behaviour.ts';
import type { Oscillator } from '../hal/oscillator.ts';
import type { SpaceLink } from '../hal/space-link.ts';
import type { Component } from '../kernel/component.ts';
import { channels, commands, events, params, health as pings } from '../kernel/patterns.ts';
import { edge, instance, topology } from '../kernel/topology.ts';
import { orbiterDictionary as dictionary } from './dictionary.ts';
import { aboard } from './instances.ts';
import * as tables from './tables.ts';

export interface OrbiterOptions {
  readonly radio: Component<(typeof SpaceLink)['shape']>;
  readonly oscillator: Component<(typeof Oscillator)['shape']>;
  /** Microseconds since 1958-01-01 TAI at power-on. */
  readonly epochUs?: number;
  /** What the radio brings: a CLTU each datagram, or a stream to be searched. */
  readonly units?: 'datagram' | 'stream';
  /** Coding of the uplink, where the mission's tables do not suit whoever sends. */
  readonly coding?: Partial<Pick<ReceptionOptions, 'bch' | 'randomized'>>;
  /** Absent: an orbiter in clear mode, for a bench. It says so in an event and in telemetry. */
  readonly security?: ReceptionOptions['security'] | undefined;
  readonly authorise?: Authorise;
  /** Of the rate groups, to load the orbiter more than the mission does. */
  readonly periodsUs?: Readonly<Record<keyof typeof tables.periodsUs, number>>;
}

const apid = tables.apids.flightSoftware;
const maximumDataOctets = tables.MAXIMUM_DATA_OCTETS;
const at = ({ base }: { readonly base: number }): { readonly base: number } => ({ base });

// biome-ignore format: a page to read, one line for each instance and for each wire
export const orbiter = ({
  radio, oscillator, epochUs = tables.DEFAULT_EPOCH_US, units = 'datagram', authorise = permitAll,
  coding = {}, periodsUs = tables.periodsUs, security,
}: OrbiterOptions) => topology({
  radio:          instance(radio,                                                     at(aboard.radio)),
  oscillator:     instance(oscillator,                                                at(aboard.oscillator)),
  rateTenHz:      instance(rateGroup({ periodUs: periodsUs.rateTenHz }),              at(aboard.rateTenHz)),
  rateOneHz:      instance(rateGroup({ periodUs: periodsUs.rateOneHz }),              at(aboard.rateOneHz)),
  rateTenthHz:    instance(rateGroup({ periodUs: periodsUs.rateTenthHz }),            at(aboard.rateTenthHz)),
  timekeeper:     instance(timekeeper({ epochUs }),                                   at(aboard.timekeeper)),
  tcReceiver:     instance(tcReceiver({ ...tables.uplink, units, ...coding, security }), at(aboard.tcReceiver)),
  dispatcher:     instance(commandDispatcher({ dictionary, apid, authorise, ...tables.dispatcher }),
                           { ...at(aboard.dispatcher), takesUs: tables.DISPATCHER_TAKES_US }),
  eventLog:       instance(eventLog({ dictionary, entries: tables.LOG_ENTRIES }),     at(aboard.eventLog)),
  housekeeping:   instance(housekeeping({ dictionary, mostStructures: tables.MOST_STRUCTURES, maximumDataOctets }),
                           at(aboard.housekeeping)),
  parameters:     instance(parameterStore(dictionary),                                at(aboard.parameters)),
  connectionTest: instance(connectionTest([apid]),                                    at(aboard.connectionTest)),
  health:         instance(health,                                                    at(aboard.health)),
  packetizer:     instance(telemetryPacketizer({ apid, maximumDataOctets, epochUs }), at(aboard.packetizer)),
  frames:         instance(frameMultiplexer({ ...tables.downlink, security }),        at(aboard.frames)),
}, (a) => ({
  rates: [
    edge(a.rateTenHz.out.tick, a.housekeeping.in.tick),
    edge(a.rateTenHz.out.tick, a.frames.in.tick),
    edge(a.rateOneHz.out.tick, a.timekeeper.in.tick),
    edge(a.rateOneHz.out.tick, a.tcReceiver.in.tick),
    edge(a.rateOneHz.out.tick, a.health.in.tick),
    edge(a.rateTenthHz.out.tick, a.eventLog.in.tick),
  ],
  time: [
    edge(a.timekeeper.out.latch, a.oscillator.in.latch),
    edge(a.oscillator.out.reading, a.timekeeper.in.reading),
    edge(a.timekeeper.out.clock, a.packetizer.in.clock),
    edge(a.frames.out.mark, a.timekeeper.in.mark),
    edge(a.timekeeper.out.timePacket, a.frames.in.packet),
  ],
  uplink: [
    edge(a.radio.out.received, a.tcReceiver.in.octets),
    edge(a.radio.out.status, a.tcReceiver.in.link),
    edge(a.tcReceiver.out.packet, a.dispatcher.in.packet),
    edge(a.dispatcher.out.released, a.tcReceiver.in.released),
    edge(a.tcReceiver.out.clcw, a.frames.in.clcw),
  ],
  reports: [
    edge(a.dispatcher.out.report, a.packetizer.in.message),
    edge(a.eventLog.out.report, a.packetizer.in.message),
    edge(a.housekeeping.out.report, a.packetizer.in.message),
    edge(a.parameters.out.report, a.packetizer.in.message),
    edge(a.connectionTest.out.report, a.packetizer.in.message),
  ],
  downlink: [
    edge(a.packetizer.out.packet, a.frames.in.packet),
    edge(a.frames.out.frame, a.radio.in.transmit),
  ],
  boring: [
    commands(a.dispatcher.out.call, a.dispatcher.in.reply),
    events(a.eventLog.in.event),
    channels(a.housekeeping.out.sweep, a.housekeeping.in.samples),
    params(a.parameters.out.request, a.parameters.in.reply),
    pings(a.health.out.ping, a.health.in.pong),
  ],
}));
