// The way between ground and orbiter as two delay lines: what goes in at one end comes out at the other, in order,
// one light time later. Distance is constant here; geometry that changes it belongs to a later room.
import { merge } from 'rxjs';
import { type Component, component } from '../kernel/component.ts';
import { channel, declare, inlet, outlet, timer } from '../kernel/declare.ts';
import { u32 } from '../kernel/field.ts';
import { dequeue, emptyFifo, enqueue, type Fifo, peek } from '../kernel/fifo.ts';
import type { Step } from '../kernel/machine.ts';

export interface LightTimeOptions {
  /** One way, microseconds. */
  readonly oneWayUs: number;
  /** Units on the way in one direction; a unit beyond is lost and counted. Default 65 536. */
  readonly bound?: number;
  /** And octets of them together, so that long units fill no memory that frames would not. Default 96 MiB. */
  readonly boundOctets?: number;
}

type Bounds = Required<Pick<LightTimeOptions, 'bound' | 'boundOctets'>>;

interface OnTheWay {
  readonly dueUs: number;
  readonly octets: Uint8Array;
}

export interface DelayLine {
  readonly units: Fifo<OnTheWay>;
  /** Of all units on the way. */
  readonly lengthOctets: number;
  readonly lost: number;
}

export interface Arrival {
  readonly type: 'arrival';
  readonly octets: Uint8Array;
}

export const emptyLine: DelayLine = { units: emptyFifo(), lengthOctets: 0, lost: 0 };

/** A unit enters at one end. */
export const send = (line: DelayLine, octets: Uint8Array, dueUs: number, bounds: Bounds): Step<DelayLine, never> => {
  const lengthOctets = line.lengthOctets + octets.length;
  if (line.units.count >= bounds.bound || lengthOctets > bounds.boundOctets) return [{ ...line, lost: line.lost + 1 }];
  return [{ ...line, lengthOctets, units: enqueue(line.units, { dueUs, octets }) }];
};

/** All units that are due leave at the other end. */
export const arrive = (line: DelayLine, nowUs: number): Step<DelayLine, Arrival> => {
  const arrivals: Arrival[] = [];
  let { units, lengthOctets } = line;
  for (let first = peek(units); first !== undefined && first.dueUs <= nowUs; first = peek(units)) {
    arrivals.push({ type: 'arrival', octets: first.octets });
    lengthOctets -= first.octets.length;
    units = dequeue(units, 1)[1];
  }
  return [{ ...line, units, lengthOctets }, ...arrivals];
};

const octets = inlet<Uint8Array>({ depth: 64, full: 'dropNewest' });

export const LightTime = declare('LightTime', {
  inlets: { fromGround: octets, fromOrbiter: octets },
  outlets: { toOrbiter: outlet<Uint8Array>(), toGround: outlet<Uint8Array>() },
  channels: {
    upOnTheWay: channel(0, u32({ doc: 'units on their way to the orbiter' })),
    upLost: channel(1, u32({ doc: 'units for the orbiter that found the line full' })),
    downOnTheWay: channel(2, u32({ doc: 'units on their way to the ground' })),
    downLost: channel(3, u32({ doc: 'units for the ground that found the line full' })),
  },
  timers: { upDue: timer(), downDue: timer() },
});

export const lightTime = (options: LightTimeOptions): Component<(typeof LightTime)['shape']> =>
  component(LightTime, ({ in: i, timer: t, now, run, sinks }) => {
    const { oneWayUs, bound = 65_536, boundOctets = 96 * 2 ** 20 } = options;
    const bounds = { bound, boundOctets };
    const up = run(emptyLine)
      .on(i.fromGround, (line, unit) => send(line, unit, now() + oneWayUs, bounds))
      .on(t.upDue, (line) => arrive(line, now()));
    const down = run(emptyLine)
      .on(i.fromOrbiter, (line, unit) => send(line, unit, now() + oneWayUs, bounds))
      .on(t.downDue, (line) => arrive(line, now()));
    const next = (line: DelayLine): number | 'cancel' => {
      const first = peek(line.units);
      return first === undefined ? 'cancel' : Math.max(0, first.dueUs - now());
    };
    return sinks({
      out: {
        toOrbiter: up.only('arrival', (a) => a.octets),
        toGround: down.only('arrival', (a) => a.octets),
      },
      tlm: {
        upOnTheWay: up.state((line) => line.units.count),
        upLost: up.state((line) => line.lost),
        downOnTheWay: down.state((line) => line.units.count),
        downLost: down.state((line) => line.lost),
      },
      timer: {
        upDue: merge(up.sample(i.fromGround, next), up.sample(t.upDue, next)),
        downDue: merge(down.sample(i.fromOrbiter, next), down.sample(t.downDue, next)),
      },
    });
  });
