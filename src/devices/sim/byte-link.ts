// The simulated twin of every byte link: near side `transmit`/`received`, far side `toSpace`/`fromSpace`, with loss,
// bit errors, duplication, reordering, delay, outages and a largest unit in each direction. All that is under way is
// data in one cell, so that a graph can be saved with frames in flight.
import type { FaultChange, LinkFaults } from '../../hal/space-link.ts';
import { SpaceLink } from '../../hal/space-link.ts';
import { component } from '../../kernel/component.ts';
import type { Random } from '../../kernel/random.ts';
import { clearPath, disturb, inOutage, nextOutageEdgeUs } from './disturb.ts';

type Way = FaultChange['way'];

export interface SimulatedLinkOptions {
  readonly transmit?: Partial<LinkFaults>;
  readonly receive?: Partial<LinkFaults>;
  /** Units under way in both directions together; beyond it the newest is dropped and counted. */
  readonly maxUnderWay?: number;
}

interface Flying {
  readonly dueUs: number;
  readonly way: Way;
  readonly octets: Uint8Array;
}

interface Path {
  readonly faults: { readonly [W in Way]: LinkFaults };
  /** Earliest first; units of one instant in the order in which they were sent. */
  readonly flying: readonly Flying[];
  readonly dropped: { readonly [W in Way]: number };
}

const inserted = (flying: readonly Flying[], unit: Flying): readonly Flying[] => {
  let at = flying.length;
  while (at > 0 && flying[at - 1]!.dueUs > unit.dueUs) at--;
  return [...flying.slice(0, at), unit, ...flying.slice(at)];
};

const leaving = ({ way, octets }: Flying) =>
  way === 'transmit' ? { type: 'toSpace' as const, octets } : { type: 'received' as const, octets };

const statusOf = (path: Path, nowUs: number) => {
  const out = inOutage(path.faults.transmit.outages, nowUs) || inOutage(path.faults.receive.outages, nowUs);
  return {
    type: 'status' as const,
    status: {
      state: out ? ('down' as const) : ('up' as const),
      reason: out ? 'outage' : 'simulated',
      transmitDropped: path.dropped.transmit,
      receiveDropped: path.dropped.receive,
    },
  };
};

const rearmed = (path: Path, nowUs: number) => {
  const next = path.flying[0];
  return { type: 'arm' as const, delayUs: next === undefined ? ('cancel' as const) : next.dueUs - nowUs };
};

const watched = ({ faults }: Path, nowUs: number) => {
  const edges = [faults.transmit, faults.receive].map(({ outages }) => nextOutageEdgeUs(outages, nowUs) ?? Infinity);
  const nextUs = Math.min(...edges);
  return { type: 'watch' as const, delayUs: nextUs === Infinity ? ('cancel' as const) : nextUs - nowUs };
};

const sent = (path: Path, way: Way, octets: Uint8Array, nowUs: number, random: Random, maxUnderWay: number) => {
  const copies = disturb(octets, path.faults[way], nowUs, random);
  const tooLong = octets.length > path.faults[way].mtuOctets;
  let { flying } = path;
  let dropped = tooLong ? 1 : 0;
  const direct: Flying[] = [];
  for (const copy of copies) {
    const unit: Flying = { dueUs: nowUs + copy.delayUs, way, octets: copy.octets };
    if (copy.delayUs === 0) direct.push(unit);
    else if (flying.length < maxUnderWay) flying = inserted(flying, unit);
    else dropped++;
  }
  const after = { ...path, flying, dropped: { ...path.dropped, [way]: path.dropped[way] + dropped } };
  const told = dropped > 0 ? [statusOf(after, nowUs)] : [];
  return [after, ...direct.map(leaving), ...told, rearmed(after, nowUs)] as const;
};

/** A path in space, drawn from the seed of its instance. */
export const simulatedByteLink = (options: SimulatedLinkOptions = {}) =>
  component(SpaceLink, ({ in: i, boot, timer, now, random, run, sinks }) => {
    const { maxUnderWay = 32_768 } = options;
    const reset: Path = {
      faults: { transmit: { ...clearPath, ...options.transmit }, receive: { ...clearPath, ...options.receive } },
      flying: [],
      dropped: { transmit: 0, receive: 0 },
    };
    const path = run(reset)
      .on(boot, (p) => [p, statusOf(p, now()), watched(p, now())])
      .on(i.transmit, (p, octets) => sent(p, 'transmit', octets, now(), random, maxUnderWay))
      .on(i.fromSpace, (p, octets) => sent(p, 'receive', octets, now(), random, maxUnderWay))
      .on(i.faults, (p, { way, faults }) => {
        const after = { ...p, faults: { ...p.faults, [way]: { ...p.faults[way], ...faults } } };
        return [after, statusOf(after, now()), watched(after, now())];
      })
      .on(timer.outage, (p) => [p, statusOf(p, now()), watched(p, now())])
      .on(timer.due, (p) => {
        const due = p.flying.filter(({ dueUs }) => dueUs <= now());
        const after = { ...p, flying: p.flying.slice(due.length) };
        return [after, ...due.map(leaving), rearmed(after, now())];
      });
    return sinks({
      out: {
        toSpace: path.only('toSpace', (a) => a.octets),
        received: path.only('received', (a) => a.octets),
        status: path.only('status', (a) => a.status),
      },
      timer: { due: path.only('arm', (a) => a.delayUs), outage: path.only('watch', (a) => a.delayUs) },
    });
  });
