// A spacecraft in one component, for tests of the ground without flight software: FARM-1, one command, verification
// reports, housekeeping and events in TM frames with the CLCW, ten frames a second.
import { merge } from 'rxjs';
import { decodeCltu } from '../../src/ccsds/cltu/cltu.ts';
import { packClcw } from '../../src/ccsds/cop1/clcw.ts';
import { clcwOf, farm1 } from '../../src/ccsds/cop1/farm1.ts';
import { classifyFrame, farmWindow } from '../../src/ccsds/cop1/farm1-classify.ts';
import { type Farm, farmReset } from '../../src/ccsds/cop1/farm1-state.ts';
import { requestIdOf } from '../../src/ccsds/pus/request-id.ts';
import { verificationReport, verificationSubtype } from '../../src/ccsds/pus/st01-verification.ts';
import { type PusTelecommand, pusTelecommand } from '../../src/ccsds/pus/telecommand.ts';
import { pusTelemetry } from '../../src/ccsds/pus/telemetry.ts';
import { delimitTcFrames } from '../../src/ccsds/tc-frame/delimit.ts';
import { tcFrame } from '../../src/ccsds/tc-frame/tc-frame.ts';
import { cuc42 } from '../../src/ccsds/time-code/cuc-4-2.ts';
import { TmFrameFiller, type TmFrameFillerState } from '../../src/ccsds/tm-frame/tm-frame-filler.ts';
import { assemble } from '../../src/dictionary/assemble.ts';
import { failureOctets } from '../../src/dictionary/failure-codes.ts';
import { component } from '../../src/kernel/component.ts';
import { channel, command, declare, event, inlet, outlet, timer } from '../../src/kernel/declare.ts';
import { u8, u16 } from '../../src/kernel/field.ts';

/** What the model can be asked and what it tells. */
const Beacon = declare('Beacon', {
  commands: { SetRate: command(1, { rate: u8({ min: 1, max: 10 }) }) },
  events: { RateSet: event(1, 'info', { rate: u8() }, 'the beacon blinks {rate} times a second') },
  channels: { rate: channel(1, u8()), ticks: channel(2, u16()) },
});

export const modelDictionary = assemble(
  [{ instance: 'beacon', base: 0x0100, declared: Beacon }],
  [{ sid: 1, name: 'beacon', intervalTenths: 1, channels: ['beacon.rate', 'beacon.ticks'] }],
);

export const modelEpochUs = 2_000_000_000_000_000;

const Model = declare('ModelSpacecraft', {
  inlets: { octets: inlet<Uint8Array>({ depth: 64, full: 'dropNewest' }) },
  outlets: { frame: outlet<Uint8Array>() },
  timers: { tick: timer() },
});

interface State {
  readonly farm: Farm;
  readonly filler: TmFrameFillerState;
  readonly rate: number;
  readonly ticks: number;
  readonly count: number;
  /** SetRate takes its time: the request that is to be completed with the next tick. */
  readonly completing: readonly { readonly octets: Uint8Array; readonly rate: number }[];
}

const parameters = {
  spacecraftId: 42,
  lengthOctets: 1115,
  fecf: true,
  ocf: true,
  virtualChannels: [0],
  idleVirtualChannel: 7,
  bounds: { packets: 64, octets: 8192 },
};
const frames = tcFrame({ spacecraftId: 42, virtualChannels: [0] });
const window = farmWindow(128);

const offer = (state: State, service: number, subtype: number, data: Uint8Array, nowUs: number): State => {
  const filler = new TmFrameFiller(parameters);
  filler.load(state.filler);
  const time = cuc42(modelEpochUs + nowUs);
  const header = { apid: 101, count: state.count, timeStatus: 0, messageCount: 0, destinationId: 0 };
  filler.offer(0, pusTelemetry().encode({ ...header, service, subtype, time, data }));
  return { ...state, filler: filler.save(), count: (state.count + 1) % 16384 };
};

const report = (
  state: State,
  octets: Uint8Array,
  stage: 'acceptance' | 'start' | 'completion',
  reason: string,
  nowUs: number,
) => {
  const request = requestIdOf(octets);
  if (!request.ok) return state;
  const subtype = verificationSubtype(stage, reason !== '');
  const failure = reason === '' ? {} : { failure: failureOctets(reason) };
  const data = verificationReport(subtype).encode({ stage, request: request.value, ...failure });
  return offer(state, 1, subtype, data, nowUs);
};

const refusalOf = ({ service, subtype, data }: PusTelecommand): string => {
  if (service !== 8 || subtype !== 1) return 'unknown service';
  if (data[0] !== 0x01 || data[1] !== 0x01) return 'unknown function';
  if (data.length !== 3) return data.length < 3 ? 'arguments too short' : 'arguments too long';
  return data[2]! >= 1 && data[2]! <= 10 ? '' : 'argument out of range: rate';
};

const obey = (state: State, octets: Uint8Array, nowUs: number): State => {
  const decoded = pusTelecommand.decode(octets);
  if (!decoded.ok) return report(state, octets, 'acceptance', decoded.reason, nowUs);
  const reason = refusalOf(decoded.value);
  const { acknowledge, data } = decoded.value;
  if (reason !== '') return report(state, octets, 'acceptance', reason, nowUs);
  let after = state;
  if (acknowledge.acceptance) after = report(after, octets, 'acceptance', '', nowUs);
  if (acknowledge.start) after = report(after, octets, 'start', '', nowUs);
  return { ...after, completing: [...after.completing, { octets, rate: data[2]! }] };
};

const heard = (state: State, cltu: Uint8Array, nowUs: number): State => {
  const unit = decodeCltu(cltu);
  if (!unit.ok) return state;
  let after = state;
  for (const octets of delimitTcFrames(unit.value.data)) {
    const frame = frames.decode(octets);
    if (!frame.ok) continue;
    const [farm, ...actions] = farm1.step(after.farm, classifyFrame(after.farm, frame.value, window, true));
    after = { ...after, farm };
    for (const action of actions) if (action.type === 'accept') after = obey(after, action.frame.data.slice(), nowUs);
  }
  return after;
};

const ticked = (state: State, nowUs: number) => {
  let after: State = { ...state, ticks: (state.ticks + 1) & 0xffff, completing: [] };
  for (const { octets, rate } of state.completing) {
    after = report({ ...after, rate }, octets, 'completion', '', nowUs);
    after = offer(after, 5, 1, Uint8Array.of(0x01, 0x01, rate), nowUs);
  }
  after = offer(after, 3, 25, Uint8Array.of(0, 1, after.rate, after.ticks >> 8, after.ticks & 255), nowUs);
  const filler = new TmFrameFiller(parameters);
  filler.load(after.filler);
  const frame = filler.nextFrame(packClcw(clcwOf(after.farm, 0)));
  return [
    { ...after, filler: filler.save() },
    { type: 'frame' as const, frame },
  ] as const;
};

export const modelSpacecraft = component(Model, ({ in: i, boot, timer, now, run, sinks }) => {
  const reset: State = {
    farm: farmReset,
    filler: new TmFrameFiller(parameters).save(),
    rate: 1,
    ticks: 0,
    count: 0,
    completing: [],
  };
  const model = run(reset)
    .on(i.octets, (state, octets) => [heard(state, octets, now())])
    .on(timer.tick, (state) => ticked(state, now()));
  return sinks({
    out: { frame: model.only('frame', (a) => a.frame) },
    timer: { tick: model.sample(merge(boot, timer.tick), () => 100_000) },
  });
});
