import { describe, expect, it } from 'vitest';
import { completed } from '../../../../apps/console/interactive.ts';
import { completeLine, interpret } from '../../../../apps/console/interpret.ts';
import { newLine, withText } from '../../../../apps/console/line-editor.ts';
import { words } from '../../../../apps/console/words.ts';
import { everyAcknowledgement, pusTelecommand } from '../../../../src/ccsds/pus/telecommand.ts';
import { encodeTcFrame } from '../../../../src/ccsds/tc-frame/tc-frame.ts';
import { toHex } from '../../../../src/codec/hex.ts';
import { orbiterDictionary } from '../../../../src/orbiter/dictionary.ts';
import { consoleBench } from '../../../support/console-bench.ts';

const lines = (answer: {
  readonly ok: boolean;
  readonly lines?: readonly string[];
  readonly reason?: string;
}): string => (answer.ok ? (answer.lines ?? []).join('\n') : `refused: ${answer.reason}`);

describe('words of the console', () => {
  it('send commands and show their chain with times', async () => {
    const b = consoleBench();
    b.ready();
    expect(lines(await b.line('beacon.SetRate 4'))).toBe('');
    b.until(() => b.printed.some((line) => line.includes('completed after')));
    const chain = b.printed.slice(b.printed.findIndex((line) => line.includes('#1 beacon.SetRate rate=4'))).join(' ');
    for (const stage of ['queued', 'sent', 'radiated', 'arrived', 'acknowledged', 'accepted', 'started', 'completed'])
      expect(chain).toContain(stage);
    expect(b.printed.join('\n')).toMatch(/INFO {3}beacon\.RateSet {2}the beacon blinks 4 times a second/);
    expect(b.desk.lastToken).toBe(1);
  });

  it('refuse what is wrong before anything is sent', async () => {
    const b = consoleBench();
    b.ready();
    const sent = b.session.statistics()['uplink.framesSent'];
    for (const [line, reason] of [
      ['beacon.SetRate 11', "rate: expected an integer from 1 to 10, got '11'"],
      ['beacon.SetRate', 'rate: expected'],
      ['beacon.SetRate rate=1 speed=2', 'speed: expected one of rate'],
      ['beacon.Explode', "command: expected a command of the dictionary, got 'beacon.Explode'"],
      ['bypass beacon.SetRate 11', 'rate: expected'],
      ['check beacon.SetRate 11', 'rate: expected'],
      ['link init', 'link init: expected ad, clcw, unlock, setvr'],
      ['link init setvr 256', 'expected V(R) from 0 to 255'],
      ['link set k 0', 'link set k: expected a number from 1 to 255'],
      ['link set t1 soon', 'link set t1: expected a time'],
      ['link set nothing 1', 'link set: expected t1, k, vs, limit, timeout'],
      ['link fly', 'link: expected init, terminate, resume or set'],
      ['raw', 'raw: expected hexadecimal digits, got none'],
      ['raw 0g', 'raw: expected pairs of hexadecimal digits'],
      ['raw-cltu 123', 'raw-cltu: expected pairs'],
      ['drop next many', "drop next: expected a number from 0 to 1000, got 'many'"],
      ['watch nothing.like.it', "watch: expected a channel of the dictionary, got 'nothing.like.it'"],
      ['speed 2', 'speed: expected a run of this process'],
      ['run', 'run: expected a file'],
      ['run /no/such/file', "run: expected a file that can be read, of at most 16 MiB, got '/no/such/file'"],
      ['run /dev/zero', 'run: expected a file that can be read'],
      ['wait soon', "wait: expected a time such as 500ms, 2s or 4m, got 'soon'"],
      ['help me', "help: expected a word of the console or a command, got 'me'"],
    ] as const)
      expect(lines(await b.line(line)), line).toContain(reason);
    expect(b.session.statistics()['uplink.framesSent']).toBe(sent);
  });

  it('say that too much came at once, and speak on of what was taken', async () => {
    const { desk, session } = consoleBench();
    while (session.direct('resumeAd').ok);
    for (const [line, name] of [
      ['raw 00', 'raw'],
      ['raw-frame 00', 'raw-frame'],
      ['raw-cltu 00', 'raw-cltu'],
      ['link terminate', 'link'],
      ['drop next 2', 'drop next'],
    ] as const)
      expect(await interpret(desk, line)).toEqual({ ok: false, reason: `${name}: too many requests at once` });
    expect(desk.lastToken).toBeUndefined();
  });

  it('set the speed to what help offers, and refuse the rest', async () => {
    const b = consoleBench();
    let speed = 1;
    const setSpeed = (factor: number): void => {
      speed = factor;
    };
    const desk = { ...b.desk, pacing: { speed, setSpeed } };
    expect(await interpret(desk, 'speed 8')).toMatchObject({ ok: true });
    expect(lines(await interpret(desk, 'help speed'))).not.toContain('max');
    for (const factor of ['max', '0', '-1', '1e-9', '1e300', 'NaN', 'Infinity', 'fast'])
      expect(lines(await interpret(desk, `speed ${factor}`)), factor).toContain(
        'expected a factor from 0.001 to 1000000',
      );
    expect(speed).toBe(8);
  });

  it('check a command and send nothing', async () => {
    const b = consoleBench();
    expect(lines(await b.line('check SetRate rate=3'))).toBe('beacon.SetRate rate=3: would be sent');
    expect(b.desk.lastToken).toBeUndefined();
  });

  it('send past FOP-1, also when it is closed', async () => {
    const b = consoleBench();
    b.ready();
    await b.line('link terminate');
    await b.line('bypass beacon.SetRate 5');
    b.until(() => b.printed.some((line) => /SetRate rate=5 \(bypass\) {2}completed/.test(line)));
  });

  it('recover a lost CLTU, and a lockout by hand', async () => {
    const b = consoleBench();
    b.ready();
    expect(lines(await b.line('drop next 1'))).toBe('the next CLTU will be lost');
    await b.line('beacon.SetRate 6');
    b.until(() => b.printed.some((line) => line.includes('rate=6  completed')));
    expect(b.printed.join(' ')).toContain('repeat 1');
    // A frame of somebody else, far outside the window, with a good check.
    const data = Uint8Array.of(0xde, 0xad);
    const foreign = { service: 'AD', spacecraftId: 42, virtualChannelId: 0, sequence: 100, data } as const;
    expect(lines(await b.line(`raw-frame ${toHex(encodeTcFrame(foreign))}`))).toBe('');
    b.until(() => b.session.statistics()['uplink.lockout'] === true);
    expect(b.printed.join('\n')).toContain('ground uplink.LockedOut');
    await b.line('link init unlock');
    b.until(() => b.session.statistics()['uplink.mode'] === 'active');
    await b.line('beacon.SetRate 7');
    b.until(() => b.printed.some((line) => line.includes('rate=7  completed')));
  });

  it('send raw packets, which the spacecraft judges', async () => {
    const b = consoleBench();
    b.ready();
    const packet = pusTelecommand.encode({
      apid: 101,
      count: 77,
      acknowledge: everyAcknowledgement,
      service: 8,
      subtype: 1,
      sourceId: 0,
      data: Uint8Array.of(1, 1, 99),
    });
    await b.line(`raw crc ${toHex(packet.subarray(0, -2))}`);
    b.until(() => b.printed.some((line) => line.includes('acceptance failed')));
    expect(b.printed.join(' ')).toContain('argument out of range: rate');
  });

  it('show telemetry, watched values, events, commands and the graph', async () => {
    const b = consoleBench();
    expect(lines(await b.line('tm'))).toBe('no telemetry has come in yet');
    expect(lines(await b.line('time'))).toContain('no report of the spacecraft');
    b.ready();
    b.until(() => b.session.latest('beacon.ticks') !== undefined);
    expect(lines(await b.line('tm'))).toMatch(/beacon\.rate +\d+ .*beacon\.ticks/s);
    expect(lines(await b.line('tm rate'))).not.toContain('ticks');
    expect(lines(await b.line('tm zebra'))).toContain('refused: tm: expected');
    expect(lines(await b.line('watch beacon.*'))).toBe('watching beacon.rate, beacon.ticks');
    await b.line('unwatch rate');
    expect(b.desk.watched).toEqual(['beacon.ticks']);
    await b.line('beacon.SetRate 9');
    b.until(() => b.session.latest('beacon.rate')?.value === 9);
    expect(lines(await b.line('events 5'))).toContain('beacon.RateSet');
    expect(lines(await b.line('events zebra'))).toBe("no event like 'zebra'");
    expect(lines(await b.line('sent'))).toContain('#1 beacon.SetRate rate=9');
    expect(lines(await b.line('graph'))).toContain('ground/uplink');
    expect(lines(await b.line('graph uplink'))).toContain('mode = active');
    expect(lines(await b.line('graph zebra'))).toContain('refused: graph: expected one of');
    expect(lines(await b.line('link'))).toContain('uplink.mode');
    expect(lines(await b.line('time'))).toContain('on board');
  });

  it('explain themselves and the commands, within a screen of 80 by 24', async () => {
    const b = consoleBench();
    const overview = lines(await b.line('help')).split('\n');
    expect(overview.length).toBeLessThanOrEqual(22);
    for (const line of overview) expect(line.length).toBeLessThan(80);
    for (const { name, minor } of words)
      if (!minor) expect(overview.some((line) => line.startsWith(`  ${name}`))).toBe(true);
    for (const { name } of words) {
      const explained = lines(await b.line(`help ${name}`));
      expect(explained).toContain(name);
      for (const line of explained.split('\n')) expect(line.length).toBeLessThan(80);
    }
    expect(lines(await b.line('help SetRate'))).toContain('rate  an integer from 1 to 10');
    expect(lines(await b.line('commands'))).toBe('beacon.SetRate(rate: u8)');
  });

  it('leave', async () => {
    const b = consoleBench();
    await b.line('exit');
    expect(b.code()).toBe(0);
  });
});

describe('completion', () => {
  const texts = (line: string): string[] => completeLine(consoleBench().desk, line).candidates.map(({ text }) => text);

  it.each<[string, string[]]>([
    ['he', ['help']],
    ['beacon.S', ['beacon.SetRate']],
    ['beacon.SetRate ', ['rate=']],
    ['bypass bea', ['beacon.SetRate']],
    ['bypass beacon.SetRate r', ['rate=']],
    ['help beacon', ['beacon.SetRate']],
    ['watch beacon.t', ['beacon.ticks']],
    ['link ', ['init', 'terminate', 'resume', 'set']],
    ['link in', ['init']],
    ['link init s', ['setvr']],
    ['link set t', ['t1', 'timeout']],
    ['drop ', ['next']],
    ['quit ', []],
    ['zebra ', []],
  ])('of %j', (line, candidates) => {
    expect(texts(line)).toEqual(candidates);
  });

  it('offers names for ids within a list, and shows only what differs', () => {
    const desk = { ...consoleBench().desk, dictionary: orbiterDictionary };
    const tab = (line: string) => completed(desk, withText(newLine(), line), 80);
    const line = 'housekeeping.Create 10 5 [oscillator.counts rateOneHz.';
    expect(tab(`${line}wor`).editor.text).toBe(`${line}worstLateUs `);
    expect(tab('eventLog.DisableReports [timekeeper.Cl').editor.text).toBe(
      'eventLog.DisableReports [timekeeper.ClockJumped ',
    );
    expect(tab('parameters.SetParameters health.mi').editor.text).toBe('parameters.SetParameters health.missingAfter=');
    const { editor, rows } = tab(line);
    expect(editor.text).toBe(line);
    expect(rows.map((row) => row.trim().split(/ {2,}/)[0])).toEqual([
      'rateOneHz.cycles',
      'rateOneHz.slips',
      'rateOneHz.missed',
      'rateOneHz.worstLateUs',
    ]);
  });

  it('offers words and commands for an empty line', () => {
    expect(texts('')).toContain('help');
    expect(texts('')).toContain('beacon.SetRate');
  });
});
