// A session: what a console, a script or a test may ask of the ground, and what it may watch. This is the whole API.
//
//   const session = openSession({ graph, ground, prefix: 'ground/', dictionary });
//   session.commands.subscribe(record => ...);            // every change of every command's verification chain
//   const sent = session.send('frames.SetTimeReportRate', { exponent: 2 }, { bypass: false });
//   if (!sent.ok) print(sent.reason);                     // refused before anything was sent
//   else session.whenSettled(sent.token).then(record => ...);
//   session.direct('initiateAdWithUnlock');               // directives of FOP-1
//   session.latest('frames.timeRate')?.value;                 // the newest value of a channel or parameter
//
// Every request is one message into the desk, so that a run with a session replays from its input log. Watching is no
// part of the run: what is told here is told by taps, in the order in which it happens. Observables never end before
// `close` and never fail; they are hot, so that `observeOn(session.scheduler)` and timed operators may follow.
import { Observable, type SchedulerLike, Subject } from 'rxjs';
import type { DirectiveName } from '../ccsds/cop1/fop1-events.ts';
import { type Acknowledgements, everyAcknowledgement } from '../ccsds/pus/telecommand.ts';
import type { Dictionary } from '../dictionary/dictionary.ts';
import { formatEvent } from '../dictionary/format-event.ts';
import { resetEvent, type Severity } from '../kernel/declare.ts';
import type { Graph } from '../kernel/graph.ts';
import { type GraphState, inspect } from '../kernel/inspect.ts';
import { scheduler } from '../kernel/rx.ts';
import type { EventRecord, OutPort } from '../kernel/topology.ts';
import type { ArchiveItem, ArchiveQuery } from './archive/declaration.ts';
import type { DeskRequest } from './desk/declaration.ts';
import type { EventReport, OtherReport, TelemetryReport, TimeCorrelation } from './downlink/reports.ts';
import type { groundTopology } from './topology.ts';
import { commandEncoder } from './uplink/encode-command.ts';
import type { DirectiveAnswer, UplinkRequest } from './uplink/request.ts';
import type { CommandRecord } from './verification/command-record.ts';

export interface SessionOptions {
  readonly graph: Graph;
  /** The topology that is part of the graph. */
  readonly ground: ReturnType<typeof groundTopology>;
  /** Of the names of its instances in the graph: '' or 'ground/'. */
  readonly prefix: string;
  readonly dictionary: Dictionary;
}

export interface SendOptions {
  /** BD: past the sequence control of FOP-1 and FARM-1. Default false. */
  readonly bypass?: boolean;
  /** Which success reports to ask for. Default all. */
  readonly ack?: Acknowledgements;
}

export type Sent = { readonly ok: true; readonly token: number } | { readonly ok: false; readonly reason: string };

export interface LatestValue {
  readonly name: string;
  readonly value: unknown;
  readonly receivedUs: number;
  readonly onboardUs: number;
}

/** An event of the ground itself: FOP-1 alerts, refusals on the downlink, failed commands. */
export interface Alert {
  readonly atUs: number;
  /** `instance.event` without the prefix. */
  readonly name: string;
  readonly severity: Severity;
  readonly text: string;
}

export interface Session {
  readonly dictionary: Dictionary;
  /** RxJS on the kernel's time. */
  readonly scheduler: SchedulerLike;
  /** Time of the run, in microseconds. */
  nowUs(): number;

  readonly telemetry: Observable<TelemetryReport>;
  /** Events of the spacecraft. */
  readonly events: Observable<EventReport>;
  /** Events of the ground. */
  readonly alerts: Observable<Alert>;
  /** The whole record of a command after each change. */
  readonly commands: Observable<CommandRecord>;
  readonly directives: Observable<DirectiveAnswer>;
  readonly times: Observable<TimeCorrelation>;
  /** Reports without a view of their own, e.g. (17,2). */
  readonly reports: Observable<OtherReport>;

  /** Why a command would be refused before it is sent, or nothing. */
  check(name: string, args: Readonly<Record<string, unknown>>): string | undefined;
  /** Arguments by name, in the types of the dictionary's fields. */
  send(name: string, args: Readonly<Record<string, unknown>>, options?: SendOptions): Sent;
  /** A telecommand packet as it is. */
  sendPacket(octets: Uint8Array, options?: { readonly bypass?: boolean }): Sent;
  /** A whole TC frame in a CLTU, past FOP-1; or the octets of a CLTU as they are. */
  sendRaw(type: 'frame' | 'cltu', octets: Uint8Array): Sent;
  /** A directive of FOP-1; `directives` tells what becomes of it. */
  direct(name: DirectiveName, value?: number): Sent;
  /** Training: the next CLTUs are radiated into nowhere. False when too many requests are on their way. */
  loseNext(count: number): boolean;

  /** The newest value of a channel or a parameter. */
  latest(name: string): LatestValue | undefined;
  /** All of them, in the order in which they were first seen. */
  allLatest(): readonly LatestValue[];
  /** The newest record of a command of this session; the last `MAX_RECORDS` are kept. */
  record(token: number): CommandRecord | undefined;
  /** When its status is no longer open. Rejects when the session closes before. */
  whenSettled(token: number): Promise<CommandRecord>;
  /** Rejects when too many requests are on their way. */
  query(query: Omit<ArchiveQuery, 'token'>): Promise<readonly ArchiveItem[]>;

  /** Channels of the ground's own components: `uplink.mode`, `station.framesReceived`, ... */
  statistics(): Readonly<Record<string, unknown>>;
  /** The whole graph: queues, drops, resets, channels. */
  inspect(): GraphState;
  close(): void;
}

/** Records of commands that a session remembers; the oldest give way. */
export const MAX_RECORDS = 1000;

type Ports = ReturnType<ReturnType<typeof groundTopology>['ports']>;

/** The text of an event of the ground, by its declaration. */
const alertOf = (graph: Graph, prefix: string, record: EventRecord): Alert => {
  const { instance, event, severity, args } = record;
  const format = (event === 'reset' ? resetEvent : graph.find(instance).shape.events?.[event])?.format ?? event;
  const name = `${instance.startsWith(prefix) ? instance.slice(prefix.length) : instance}.${event}`;
  return { atUs: graph.kernel.now, name, severity, text: formatEvent(format, args as Record<string, unknown>) };
};

const tapped = <T>(graph: Graph, port: OutPort<T>, cancels: (() => void)[]): Subject<T> => {
  const subject = new Subject<T>();
  const cancel = graph.tap(port, (value) => subject.next(value));
  cancels.push(() => {
    cancel();
    subject.complete();
  });
  return subject;
};

/** What a session remembers of what it has seen: views for whoever looks, no state of the run. */
class Memory {
  readonly values = new Map<string, LatestValue>();
  readonly records = new Map<number, CommandRecord>();

  takeTelemetry({ values, receivedUs, onboardUs }: TelemetryReport): void {
    for (const { name, value } of values) this.values.set(name, { name, value, receivedUs, onboardUs });
  }

  takeRecord(record: CommandRecord): void {
    this.records.set(record.token, record);
    const oldest = this.records.keys().next();
    if (this.records.size > MAX_RECORDS && !oldest.done) this.records.delete(oldest.value);
  }
}

const statisticsOf = (graph: Graph, prefix: string): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    graph.all
      .filter(({ name }) => name.startsWith(prefix))
      .flatMap((each) =>
        [...each.readings].map(([name, read]) => [`${each.name.slice(prefix.length)}.${name}`, read()]),
      ),
  );

/** The first value that passes; rejects when the stream ends without one. */
const first = <T, R>(stream: Observable<T>, pick: (value: T) => R | undefined): Promise<R> =>
  new Promise((resolve, reject) => {
    const watching = stream.subscribe({
      next: (value) => {
        const picked = pick(value);
        if (picked === undefined) return;
        watching.unsubscribe();
        resolve(picked);
      },
      complete: () => reject(new Error('the session was closed')),
    });
  });

/** Everything that may be watched, each stream hot. */
const watched = (graph: Graph, ports: Ports, prefix: string, cancels: (() => void)[]) => {
  const { desk, downlink, uplink, verification, archive } = ports;
  const heard = tapped(graph, desk.out.alert, cancels);
  const alerts = new Observable<Alert>((subscriber) =>
    heard.subscribe({
      next: (record) => subscriber.next(alertOf(graph, prefix, record)),
      complete: () => subscriber.complete(),
    }),
  );
  return {
    alerts,
    telemetry: tapped(graph, downlink.out.telemetry, cancels),
    events: tapped(graph, downlink.out.event, cancels),
    times: tapped(graph, downlink.out.time, cancels),
    reports: tapped(graph, downlink.out.report, cancels),
    commands: tapped(graph, verification.out.record, cancels),
    directives: tapped(graph, uplink.out.answer, cancels),
    answers: tapped(graph, archive.out.answer, cancels),
  };
};

/** Nothing of the run happens between one request and the next of its user. */
const TOO_MANY = 'too many requests at once';

/** Every request is one message into the desk; its token names the answers. */
const asking = (graph: Graph, { desk }: Ports, dictionary: Dictionary) => {
  const encode = commandEncoder(dictionary);
  let tokens = 0;
  const ask = (request: DeskRequest): boolean => graph.inject(desk.in.request, request);
  const askUplink = (make: (token: number) => UplinkRequest): Sent => {
    const token = ++tokens;
    return ask({ type: 'uplink', request: make(token) }) ? { ok: true, token } : { ok: false, reason: TOO_MANY };
  };
  const check: Session['check'] = (name, args) => {
    const encoded = encode(name, args);
    return encoded.ok ? undefined : encoded.reason;
  };
  const send: Session['send'] = (name, args, { bypass = false, ack = everyAcknowledgement } = {}) => {
    const reason = check(name, args);
    if (reason !== undefined) return { ok: false, reason };
    return askUplink((token) => ({ type: 'command', token, name, args, ack, bypass }));
  };
  const sendPacket: Session['sendPacket'] = (octets, { bypass = false } = {}) =>
    askUplink((token) => ({ type: 'packet', token, octets: octets.slice(), bypass }));
  const sendRaw: Session['sendRaw'] = (type, octets) => askUplink((token) => ({ type, token, octets: octets.slice() }));
  const direct: Session['direct'] = (name, value) =>
    askUplink((token) => ({ type: 'directive', token, name, ...(value === undefined ? {} : { value }) }));
  const loseNext = (count: number): boolean => ask({ type: 'loseNext', count });
  const askArchive = (query: Omit<ArchiveQuery, 'token'>): number | undefined => {
    const token = ++tokens;
    return ask({ type: 'query', query: { ...query, token } }) ? token : undefined;
  };
  return { check, send, sendPacket, sendRaw, direct, loseNext, askArchive };
};

export const openSession = ({ graph, ground, prefix, dictionary }: SessionOptions): Session => {
  const ports: Ports = ground.ports(prefix);
  const cancels: (() => void)[] = [];
  const { answers, ...views } = watched(graph, ports, prefix, cancels);
  const { askArchive, ...requests } = asking(graph, ports, dictionary);
  const memory = new Memory();
  views.telemetry.subscribe((report) => memory.takeTelemetry(report));
  views.commands.subscribe((record) => memory.takeRecord(record));
  return {
    dictionary,
    scheduler: scheduler(graph.kernel),
    nowUs: () => graph.kernel.now,
    ...views,
    ...requests,
    latest: (name) => memory.values.get(name),
    allLatest: () => [...memory.values.values()],
    record: (token) => memory.records.get(token),
    whenSettled: (token) => {
      const known = memory.records.get(token);
      if (known !== undefined && known.status !== 'open') return Promise.resolve(known);
      return first(views.commands, (record) =>
        record.token === token && record.status !== 'open' ? record : undefined,
      );
    },
    query: (query) => {
      const token = askArchive(query);
      if (token === undefined) return Promise.reject(new Error(TOO_MANY));
      return first(answers, (each) => (each.token === token ? each.items : undefined));
    },
    statistics: () => statisticsOf(graph, prefix),
    inspect: () => inspect(graph),
    close: () => {
      for (const cancel of cancels.splice(0)) cancel();
    },
  };
};
