import { describe, expect, it } from 'vitest';
import { verificationReport } from '../../../src/ccsds/pus/st01-verification.ts';
import { everyAcknowledgement, type PusTelecommand, pusTelecommand } from '../../../src/ccsds/pus/telecommand.ts';
import { assemble } from '../../../src/dictionary/assemble.ts';
import { failureText } from '../../../src/dictionary/failure-codes.ts';
import { encodeUtf8 } from '../../../src/dictionary/utf8.ts';
import { type Authorise, permitAll } from '../../../src/fsw/command-dispatcher/authorise.ts';
import { commandDispatcher } from '../../../src/fsw/command-dispatcher/behaviour.ts';
import type { DispatcherOptions } from '../../../src/fsw/command-dispatcher/dispatching.ts';
import type { TelemetryMessage } from '../../../src/fsw/telemetry-message.ts';
import type { Call } from '../../../src/kernel/calls.ts';
import { command, declare } from '../../../src/kernel/declare.ts';
import { u8 } from '../../../src/kernel/field.ts';
import { componentBench } from '../../support/component-bench.ts';

const Unit = declare('Unit', {
  commands: {
    Set: command(1, { level: u8({ max: 10 }) }),
    Slow: command(2, {}, { withinUs: 5_000_000 }),
    Test: command(3, {}, { standard: { service: 17, subtype: 1 } }),
  },
});
const dictionary = assemble([{ instance: 'unit', base: 0x0400, declared: Unit }]);
const set = (level: number): number[] => [4, 1, level];

const bench = (options: Partial<DispatcherOptions> = {}, onFault: 'stop' | 'reset' = 'stop') => {
  const made = componentBench(
    commandDispatcher({ dictionary, apid: 101, authorise: permitAll, mostOpen: 2, marginUs: 1_000_000, ...options }),
    { onFault },
  );
  let count = 0;
  const octets = (octets: Uint8Array): void => made.send('packet', { octets, virtualChannelId: 0, pool: 'sequenced' });
  const request = (data: number[], change: Partial<PusTelecommand> = {}): void =>
    octets(
      pusTelecommand.encode({
        apid: 101,
        count: count++,
        acknowledge: everyAcknowledgement,
        service: 8,
        subtype: 1,
        sourceId: 7,
        data: Uint8Array.from(data),
        ...change,
      }),
    );
  const reports = () =>
    made.out<TelemetryMessage>('report').map(({ subtype, data }) => {
      const report = verificationReport(subtype).decode(data);
      if (!report.ok) throw new Error(report.reason);
      const { failure, step } = report.value;
      const words = failure ? ` ${failureText(failure.code, failure.data)}` : step === undefined ? '' : ` ${step}`;
      return `1,${subtype}${words}`;
    });
  const reply = (outcome: unknown, token = made.out<Call>('call').at(-1)!.token): void =>
    made.send('reply', { token, opcode: 0, outcome });
  return { ...made, octets, request, reports, reply };
};

describe('command-dispatcher', () => {
  it('CMD-01 calls the owner with decoded arguments and reports all stages', () => {
    const b = bench();
    b.request(set(7));
    expect(b.out<Call>('call')).toMatchObject([{ opcode: 0x0401, args: { level: 7 } }]);
    expect(b.reports()).toEqual(['1,1', '1,3']);
    b.reply('done');
    expect(b.reports()).toEqual(['1,1', '1,3', '1,7']);
    b.request([], { service: 17 });
    expect(b.out<Call>('call').at(-1)!.opcode).toBe(0x0403);
    expect([b.value('accepted'), b.value('completed'), b.value('open')]).toEqual([2, 1, 1]);
  });

  describe('CMD-02', () => {
    it.each<[string, (packet: Uint8Array) => Uint8Array]>([
      ['bad packet CRC', (p) => p.with(p.length - 1, p[p.length - 1]! ^ 1)],
      ['length mismatch', (p) => p.slice(0, p.length - 1)],
      ['bad packet version', (p) => p.with(0, 0x38)],
      ['not a telecommand', (p) => p.with(0, 0x08)],
      ['too short', (p) => p.slice(0, 5)],
    ])('refuses a packet with %s', (reason, spoil) => {
      const b = bench();
      const good = { apid: 101, count: 0, acknowledge: everyAcknowledgement, service: 8, subtype: 1, sourceId: 0 };
      b.octets(spoil(pusTelecommand.encode({ ...good, data: Uint8Array.from(set(1)) })));
      expect(b.reports()).toEqual([`1,2 ${reason}`]);
      expect(b.eventArgs).toContainEqual({ reason });
      expect(b.out('call')).toEqual([]);
    });
  });

  it('CMD-02 CMD-12 tells of a packet that nothing can name in an event alone, and gives its buffer back', () => {
    const b = bench();
    b.octets(Uint8Array.of(1, 2));
    expect(b.reports()).toEqual([]);
    expect(b.eventArgs).toContainEqual({ reason: 'too short' });
    expect(b.out('released')).toEqual(['all', { virtualChannelId: 0, pool: 'sequenced' }]);
  });

  it('CMD-03 refuses another application process as not routed', () => {
    const b = bench();
    b.request(set(1), { apid: 5 });
    expect(b.reports()).toEqual(['1,10 unknown application process']);
  });

  describe('CMD-04', () => {
    it.each<[string, number[], Partial<PusTelecommand>]>([
      ['unknown service', [], { service: 200 }],
      ['unknown subtype', [], { service: 17, subtype: 99 }],
      ['unknown subtype', set(1), { subtype: 2 }],
      ['unknown function', [9, 9], {}],
      ['unknown function', [4, 3], {}],
    ])('refuses an %s', (reason, data, change) => {
      const b = bench();
      b.request(data, change);
      expect(b.reports()).toEqual([`1,2 ${reason}`]);
    });
  });

  describe('CMD-05', () => {
    it.each<[string, number[]]>([
      ['arguments too short', [4, 1]],
      ['arguments too short', [4]],
      ['arguments too long', [...set(1), 0]],
      ['argument out of range: level', set(11)],
    ])('refuses %s', (reason, data) => {
      const b = bench();
      b.request(data);
      expect(b.reports()).toEqual([`1,2 ${reason}`]);
    });
  });

  it('CMD-06 closes each request exactly once, and tells successes only where they are asked for', () => {
    const b = bench();
    b.request(set(1), { acknowledge: { acceptance: false, start: false, progress: false, completion: false } });
    b.reply('done');
    b.reply('done');
    expect(b.reports()).toEqual([]);
    expect([b.value('completed'), b.value('strayReplies')]).toEqual([1, 1]);
    b.request(set(1), { acknowledge: { acceptance: false, start: false, progress: false, completion: false } });
    b.reply({ failed: 'broken' });
    expect(b.reports()).toEqual(['1,8 broken']);
  });

  it('CMD-07 asks the rule with source and mode, and refuses the start', () => {
    const rule: Authorise = (entry, source, mode) =>
      mode === 'safe' && entry.command === 'Set' ? { refused: `source ${source}` } : 'permitted';
    const b = bench({ authorise: rule });
    b.send('mode', 'safe');
    b.request(set(1));
    expect(b.reports()).toEqual(['1,1', '1,4 not authorised: source 7']);
    b.request([4, 2]);
    expect([b.out('call').length, b.value('notStarted'), b.told]).toEqual([1, 1, ['Refused']]);
  });

  it('CMD-07 tells a long refusal in as many octets as its event holds', () => {
    const b = bench({ authorise: () => ({ refused: 'ä'.repeat(60) }) });
    b.request(set(1));
    const { reason } = b.eventArgs[0] as { reason: string };
    expect(encodeUtf8(reason).length).toBeLessThanOrEqual(64);
    expect(reason).toMatch(/^not authorised: ä{24}$/);
  });

  it('CMD-07 says at the start that there is no rule', () => {
    expect(bench().told).toEqual(['NoAuthorisation']);
    expect(bench({ authorise: () => 'permitted' }).told).toEqual([]);
  });

  it('CMD-08 refuses with busy when its table is full', () => {
    const b = bench();
    for (let n = 0; n < 3; n++) b.request([4, 2]);
    expect(b.reports().at(-1)).toBe('1,2 busy');
    b.reply('done', b.out<Call>('call')[0]!.token);
    b.request([4, 2]);
    expect(b.reports().at(-1)).toBe('1,3');
  });

  it('CMD-09 closes a command that nobody answers', () => {
    const b = bench();
    b.request([4, 2]);
    b.run(1_000_000);
    b.request(set(1));
    b.run(999_000);
    expect(b.reports().length).toBe(4);
    b.run(10_000);
    expect(b.reports().at(-1)).toBe('1,8 no answer in time');
    b.run(4_000_000);
    expect(b.reports().slice(4)).toEqual(['1,8 no answer in time', '1,8 no answer in time']);
    expect([b.value('open'), b.value('failed')]).toEqual([0, 2]);
    expect(b.eventArgs).toContainEqual({ opcode: 0x0402 });
  });

  it('CMD-10 reports the failure of a component with its word', () => {
    const b = bench();
    b.request(set(1));
    b.reply({ failed: 'busy' });
    expect(b.reports().at(-1)).toBe('1,8 busy');
  });

  it('CMD-11 reports progress where it is asked for', () => {
    const b = bench();
    b.request([4, 2]);
    b.reply({ progress: 3 });
    b.reply('done');
    expect(b.reports()).toEqual(['1,1', '1,3', '1,5 3', '1,7']);
  });

  it('CMD-12 gives back all buffers when it starts', () => {
    expect(bench().out('released')).toEqual(['all']);
  });

  it('CMD-13 counts and ignores a reply to no open command', () => {
    const b = bench();
    b.reply('done', 99);
    expect([b.value('strayReplies'), b.reports()]).toEqual([1, []]);
  });

  describe('CMD-14', () => {
    const upset: Authorise = ({ command }) => {
      if (command === 'Test') throw new Error('upset');
      return 'permitted';
    };
    const reset = () => {
      const b = bench({ authorise: upset }, 'reset');
      b.run(5000);
      b.request([4, 2]);
      b.request([], { service: 17 });
      return b;
    };

    it('reports what comes of a command that was open at its own reset', () => {
      const b = reset();
      const { token } = b.out<Call>('call')[0]!;
      expect([b.value('open'), b.told.filter((event) => event === 'reset').length]).toEqual([0, 1]);
      b.reply({ progress: 4 }, token);
      b.reply({ failed: 'broken' }, token);
      expect(b.reports()).toEqual(['1,1', '1,3', '1,5 4', '1,8 broken']);
      expect([b.value('failed'), b.value('strayReplies')]).toEqual([1, 0]);
    });

    it('does not take the answer to an earlier call for that to a new one', () => {
      const b = reset();
      const { token } = b.out<Call>('call')[0]!;
      b.request(set(1));
      b.reply({ failed: 'old' }, token);
      expect([b.value('open'), b.reports().at(-1)]).toEqual([1, '1,8 old']);
      b.reply('done');
      expect([b.value('open'), b.reports().at(-1)]).toEqual([0, '1,7']);
    });
  });

  it('CMD-08 keeps places for no more open commands than tokens can name', () => {
    expect(() => bench({ mostOpen: 129 })).toThrow('at most 128');
  });
});
