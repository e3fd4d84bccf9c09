import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { component } from '../../../src/kernel/component.ts';
import { command, declare, event, inlet, outlet, timer } from '../../../src/kernel/declare.ts';
import { mermaid } from '../../../src/kernel/diagram.ts';
import { Graph } from '../../../src/kernel/graph.ts';
import { inspect, inspectText } from '../../../src/kernel/inspect.ts';
import { compose, edge, instance, type OutPort, type Topology, topology } from '../../../src/kernel/topology.ts';
import { receivingChain } from '../../support/kernel-parts.ts';

const Pass = declare('Pass', {
  inlets: { in: inlet<number>({ depth: 1, full: 'latest' }) },
  outlets: { out: outlet<number>() },
  commands: { Go: command(5, {}) },
  events: { Gone: event(4, 'info', {}, 'gone') },
});
const pass = component(Pass, ({ in: i, cmd, run, sinks }) => {
  const go = run(0).on(cmd.Go, (n) => [n + 1, { type: 'gone' }]);
  return sinks({
    out: { out: i.in },
    cmd: { Go: go.only('gone', () => 'done') },
    evr: { Gone: go.only('gone') },
  });
});
const graph = (page: Topology) => new Graph(page, { seed: 's' });

describe('wiring refuses', () => {
  it('two instances of one base', () => {
    const page = topology({ a: instance(pass, { base: 0x100 }), b: instance(pass, { base: 0x100 }) }, () => ({}));
    expect(() => graph(page)).toThrow('base 0x100: expected one, got a and b');
  });

  it('an absolute id that two have', () => {
    const page = topology({ a: instance(pass, { base: 0x100 }), b: instance(pass, { base: 0x101 }) }, () => ({}));
    expect(() => graph(page)).not.toThrow();
    const Clash = declare('Clash', { commands: { A: command(0, {}), B: command(1, {}) } });
    const clash = component(Clash, ({ cmd, run, sinks }) => {
      const both = run(0)
        .on(cmd.A, (n) => [n, { type: 'a' }])
        .on(cmd.B, (n) => [n, { type: 'b' }]);
      return sinks({ cmd: { A: both.only('a', () => 'done'), B: both.only('b', () => 'done') } });
    });
    const clashing = topology({ a: instance(clash, { base: 1 }), b: instance(clash, { base: 2 }) }, () => ({}));
    expect(() => graph(clashing)).toThrow('opcode 0x2: expected one, got a.B and b.A');
  });

  it('but not equal ids in composed topologies', () => {
    const page = () => topology({ a: instance(pass, { base: 0x100 }) }, () => ({}));
    expect(() => graph(compose({ near: page(), far: page() }))).not.toThrow();
  });

  it.each(['inlets', 'commands', 'timers'] as const)('%s that nothing follows', (group) => {
    const shapes = {
      inlets: { inlets: { lost: inlet<number>({ depth: 1, full: 'latest' }) } },
      commands: { commands: { lost: command(0, {}) } },
      timers: { timers: { lost: timer() } },
    };
    const Deaf = declare('Deaf', shapes[group]);
    const deaf = component(Deaf, ({ run, boot, sinks }) => {
      const none = run(0)
        .on(boot, (n) => [n, { type: 'none' }])
        .only('none', () => 'done');
      return sinks({ cmd: { lost: none }, timer: { lost: none } } as never);
    });
    const page = topology({ deaf: instance(deaf, { base: 0 }) }, () => ({}));
    expect(() => graph(page)).toThrow(/^deaf: expected a sink or a step that follows (in|cmd|timer)\.lost, got none$/);
  });

  it('a port or an instance that does not exist', () => {
    const unknown = (out: OutPort<number>): Topology =>
      topology({ a: instance(pass, { base: 0 }) }, ({ a }) => ({ wires: [edge(out, a.in.in)] }));
    const port = { group: 'out', port: 'bogus' } as const;
    expect(() => graph(unknown({ ...port, instance: 'a' }))).toThrow('a: expected a declared port, got out.bogus');
    expect(() => graph(unknown({ ...port, instance: 'z' }))).toThrow('expected an instance that is aboard, got z');
  });
});

describe('inspect', () => {
  it('lists an outlet at which no wire starts, and what was dropped where', () => {
    const page = topology(
      { a: instance(pass, { base: 0 }), b: instance(pass, { base: 0x100, takesUs: 10 }) },
      ({ a, b }) => ({ wires: [edge(a.out.out, b.in.in)] }),
    );
    const made = graph(page);
    for (const n of [1, 2, 3]) made.inject(page.ports('').a.in.in, n);
    made.runUntil(100);
    const state = inspect(made);
    expect(state.instances.map(({ unwired }) => unwired)).toEqual([[], ['out']]);
    expect(state.edges[0]).toEqual({ group: 'wires', from: 'a.out', to: 'b.in', sent: 3, dropped: 1 });
    expect(inspectText(state).split('\n').slice(1)).toEqual([
      'a  waiting 0 (most 1), held back 0, resets 0, load 0 %, open calls 0',
      'b  waiting 0 (most 1), held back 0, resets 0, load 20 %, open calls 0',
      'dropped 1 of 3: a.out -> b.in',
      'leads nowhere: b.out',
    ]);
  });

  it('changes nothing', () => {
    const run = (look: boolean): string => {
      const made = new Graph(receivingChain(), { seed: 's', onFault: 'reset' });
      for (let at = 0; at < 50_000; at += 500) {
        made.runUntil(at);
        if (look) inspectText(inspect(made));
      }
      return made.kernel.digest.hex;
    };
    expect(run(true)).toBe(run(false));
  });
});

describe('mermaid', () => {
  it('draws the page, group by group, and composed parts in boxes', () => {
    const page = compose({ craft: receivingChain() }, ({ craft }) => ({
      loop: [edge(craft.rate.out.tick, craft.sender.in.tick)],
    }));
    const golden = readFileSync(new URL('receiving-chain.mmd', import.meta.url), 'utf8');
    expect(`${mermaid(page)}\n`).toBe(golden);
  });
});
