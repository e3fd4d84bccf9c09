import { map } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { component } from '../../../src/kernel/component.ts';
import { declare, inlet, outlet } from '../../../src/kernel/declare.ts';
import { Graph } from '../../../src/kernel/graph.ts';
import { edge, instance, topology } from '../../../src/kernel/topology.ts';

interface Parcel {
  readonly list: number[];
  readonly octets: Uint8Array;
}

const Giver = declare('Giver', {
  inlets: { go: inlet<'message' | 'octets' | 'state' | 'nothing'>({ depth: 2, full: 'fault' }) },
  outlets: { parcel: outlet<Parcel>(), again: outlet<Parcel>() },
});
/** Octets are changed between sending and delivery, as a careless reader of a shared buffer would. */
let later: (() => void)[] = [];
const afterwards = (work: () => void) => later.push(work);

/** Changes, on demand, what it has just sent or what it was given as its state. */
const giver = component(Giver, ({ in: i, run, sinks }) => {
  const steps = run({ made: [] as number[] }).on(i.go, (s, what) => {
    const parcel: Parcel = { list: [1], octets: Uint8Array.of(1, 2) };
    if (what === 'state') s.made.push(1);
    return [{ made: [...s.made] }, { type: 'give', parcel }, { type: 'spoil', parcel, what }];
  });
  const again = steps.only('spoil', ({ parcel, what }) => {
    if (what === 'message') parcel.list.push(2);
    if (what === 'octets') afterwards(() => parcel.octets.fill(9));
    return parcel;
  });
  return sinks({ out: { parcel: steps.only('give', (a) => a.parcel), again } });
});

const Reader = declare('Reader', {
  inlets: {
    parcel: inlet<Parcel>({ depth: 4, full: 'fault' }),
    again: inlet<Parcel>({ depth: 4, full: 'fault' }),
  },
  outlets: { read: outlet<number>() },
});
const follower = component(Reader, ({ in: i, run, sinks }) => {
  run(0).on(i.again, (n) => [n + 1]);
  return sinks({ out: { read: i.parcel.pipe(map(({ octets }) => octets.length)) } });
});
const attempt = (what: 'message' | 'octets' | 'state' | 'nothing', freeze: boolean): string => {
  later = [];
  const spoiling = component(Reader, ({ in: i, run, sinks }) => {
    run(0).on(i.again, (n) => [n + 1]);
    return sinks({
      out: {
        read: i.parcel.pipe(
          map(({ octets }) => {
            for (const work of later) work();
            return octets.length;
          }),
        ),
      },
    });
  });
  const page = topology(
    {
      giver: instance(giver, { base: 0 }),
      spoiler: instance(spoiling, { base: 0x100 }),
      reader: instance(follower, { base: 0x200 }),
    },
    ({ giver, spoiler, reader }) => ({
      all: [
        edge(giver.out.parcel, spoiler.in.parcel),
        edge(giver.out.parcel, reader.in.parcel),
        edge(giver.out.again, spoiler.in.again),
        edge(giver.out.again, reader.in.again),
      ],
    }),
  );
  const graph = new Graph(page, { seed: 's', freeze });
  graph.inject(page.ports('').giver.in.go, what);
  try {
    graph.runUntil(10);
    return 'ran';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('with freeze', () => {
  it('nobody changes a message', () => {
    expect(attempt('message', true)).toContain('object is not extensible');
  });

  it('nobody changes a state', () => {
    expect(attempt('state', true)).toContain('object is not extensible');
  });

  it('octets that were changed after sending are found at their next delivery', () => {
    expect(attempt('octets', true)).toContain('expected a message as it was sent, got one that was changed since');
  });

  it('whoever behaves does not notice', () => {
    expect(attempt('nothing', true)).toBe('ran');
  });
});

describe('without freeze', () => {
  it.each(['message', 'state', 'octets'] as const)('a changed %s passes unseen', (what) => {
    expect(attempt(what, false)).toBe('ran');
  });
});
