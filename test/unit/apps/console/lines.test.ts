import { describe, expect, it } from 'vitest';
import { openCommandRow, settledLines, stageLine } from '../../../../apps/console/command-lines.ts';
import { eventLines } from '../../../../apps/console/event-lines.ts';
import { reportLines } from '../../../../apps/console/report-lines.ts';
import { type Status, statusLine } from '../../../../apps/console/status-line.ts';
import { coloured, uncoloured } from '../../../../apps/console/style.ts';
import { textWidth } from '../../../../apps/console/text-width.ts';
import { valueTable, watchRows } from '../../../../apps/console/value-table.ts';
import { everyAcknowledgement } from '../../../../src/ccsds/pus/telecommand.ts';
import type { CommandRecord, Stage } from '../../../../src/ground/verification/command-record.ts';

const status: Status = {
  link: 'up',
  fopMode: 'active',
  suspended: false,
  secured: true,
  securityRefusals: 0,
  vs: 255,
  nr: 255,
  lockout: false,
  wait: false,
  retransmit: false,
  controlWords: 12,
  framesAccepted: 12_345,
  framesMissing: 0,
  onboardUs: 1_325_419_200_000_000,
  telemetryAgeUs: 61_000,
  openCommands: 0,
  slippedUs: 0,
};

describe('status line', () => {
  it('fits 79 and 159 columns with all that matters', () => {
    const narrow = statusLine({ ...status, openCommands: 3 }, 79, uncoloured);
    expect(narrow).toBe(' secured  FOP active  S255 R255  FARM ok  12345 frames  3 open  11:59:28.0  TM…');
    const wide = statusLine(status, 159, uncoloured);
    expect(wide.trimEnd()).toBe(
      ' link up, secured   FOP active   V(S) 255 V(R) 255   FARM ok   frames 12345   none lost   on board 2000-01-01 11:59:28.0 UTC   TM 61 ms ago',
    );
    expect(wide).toHaveLength(159);
  });

  it.each<[Partial<Status>, string]>([
    [{ lockout: true, retransmit: true }, 'FARM LOCKOUT REPEAT'],
    [{ wait: true }, 'FARM WAIT'],
    [{ controlWords: 0 }, 'FARM ?'],
    [{ suspended: true }, 'FOP SUSPENDED'],
    [{ fopMode: 'initial' }, 'FOP off'],
    [{ link: 'down' }, 'link down'],
    [{ secured: false }, ' clear  '],
    [{ securityRefusals: 3 }, ' secured, 3 refused  '],
    [{ framesMissing: 7 }, '7 lost'],
    [{ onboardUs: undefined }, 'OBT ?'],
    [{ telemetryAgeUs: undefined }, 'no TM'],
    [{ telemetryAgeUs: 9_000_000 }, 'TM 9.00 s'],
    [{ slippedUs: 1_200_000 }, 'slip 1.20 s'],
  ])('shows %o as %s', (changes, text) => {
    const line = statusLine({ ...status, ...changes }, 79, uncoloured);
    expect(line).toContain(text);
    expect(line).toHaveLength(79);
  });

  it('is a bar whatever it holds', () => {
    const line = statusLine({ ...status, lockout: true, link: 'down' }, 79, coloured);
    expect(textWidth(line)).toBe(79);
    expect(line.startsWith('\u001b[7m')).toBe(true);
    expect(line).toContain('\u001b[31mFARM LOCKOUT\u001b[39m');
  });
});

const stages: readonly Stage[] = [
  { stage: 'queued', atUs: 2_000_000 },
  { stage: 'sent', atUs: 2_000_000, detail: 'frame 3' },
  { stage: 'radiated', atUs: 2_010_000 },
  { stage: 'arrived', atUs: 242_010_000 },
  { stage: 'acknowledged', atUs: 482_110_000 },
  { stage: 'completed', atUs: 482_200_000 },
];
const record = (changes: Partial<CommandRecord> = {}): CommandRecord => ({
  newest: (changes.stages ?? stages).at(-1)!,
  token: 12,
  name: 'beacon.SetRate',
  args: { rate: 2 },
  service: 'AD',
  requestId: 1,
  ack: everyAcknowledgement,
  status: 'completed',
  stages,
  ...changes,
});

describe('a command', () => {
  it('is one row while it is open', () => {
    const open = record({ status: 'open', stages: stages.slice(0, 3) });
    expect(openCommandRow(open, 5_000_000, 100)).toBe(
      ' #12 beacon.SetRate rate=2: queued > sent (frame 3) > radiated ... 3.00 s',
    );
    const narrow = openCommandRow(open, 5_000_000, 60);
    expect(narrow).toBe(' #12 beacon.SetRate: ... radiated ... 3.00 s');
    expect(openCommandRow(open, 5_000_000, 40)).toBe(' #12 beacon.S…: ... radiated ... 3.00 s');
    for (const width of [20, 30, 40, 50]) {
      const row = openCommandRow(open, 245_000_000, width);
      expect(row.length).toBeLessThan(width);
      expect(row).toMatch(/ \.\.\. 4 min 3 s$/);
    }
  });

  it('shows its chain with times when it is settled', () => {
    expect(settledLines(record(), 79, uncoloured)).toEqual([
      '00:08:02.200 #12 beacon.SetRate rate=2  completed after 8 min 0 s',
      '             queued 00:00:02.000, sent (frame 3) +0 ms, radiated +10 ms,',
      '             arrived +4 min 0 s, acknowledged, completed +8 min 0 s',
    ]);
  });

  it('keeps a number and its unit on one line, at every width', () => {
    for (let width = 40; width < 120; width++)
      for (const line of settledLines(record(), width, uncoloured)) {
        expect(line.trimStart()).not.toMatch(/^(ms|s|min|h)\b/);
        expect(line).not.toContain('\u00a0');
      }
  });

  it('says what went wrong', () => {
    const failed: readonly Stage[] = [
      ...stages.slice(0, 5),
      { stage: 'start failed', atUs: 482_200_000, detail: 'busy' },
    ];
    const head = (changes: Partial<CommandRecord>): string => settledLines(record(changes), 200, uncoloured)[0] ?? '';
    expect(head({ status: 'failed', stages: failed })).toContain('start failed after 8 min 0 s');
    expect(head({ status: 'overdue', stages: stages.slice(0, 3) })).toContain('no report in time');
    expect(head({ status: 'refused', service: 'BD', stages: [{ stage: 'refused', atUs: 1, detail: 'x' }] })).toContain(
      'beacon.SetRate rate=2 (bypass)  refused',
    );
    expect(head({ name: 'raw frame', args: {}, service: 'raw' })).toContain('raw frame (past FOP-1)  completed');
    expect(stageLine(record({ status: 'failed', stages: failed }))).toBe(
      '00:08:02.200 #12 beacon.SetRate rate=2: start failed (busy)',
    );
  });

  it('cannot move the cursor with what came from outside', () => {
    const evil = record({ args: { text: '\u001b[2J' }, stages: [{ stage: 'refused', atUs: 0, detail: 'a\u0007b' }] });
    expect(settledLines(evil, 200, uncoloured).join('\n')).not.toMatch(/[^\P{Cc}\n]/u);
  });
});

describe('events and reports', () => {
  it('are broken under each other', () => {
    const event = {
      atUs: 1_000,
      severity: 'medium',
      where: 'ground',
      name: 'uplink.Alert',
      text: 'one two '.repeat(10),
    } as const;
    const lines = eventLines(event, 60, uncoloured);
    expect(lines[0]).toMatch(/^00:00:00\.001 MEDIUM ground uplink\.Alert {2}one two/);
    for (const line of lines.slice(1)) expect(line).toMatch(/^ {13}\S/);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(60);
    expect(eventLines(event, 60, coloured)[0]).toContain('\u001b[35mMEDIUM\u001b[39m');
  });

  it('name what they are and show their octets', () => {
    const report = { receivedUs: 0, onboardUs: 0, apid: 101, service: 17, subtype: 4, data: Uint8Array.of(0, 101) };
    expect(reportLines(report, 100, uncoloured)).toEqual(['00:00:00.000 REPORT TM(17,4) of APID 101  0065']);
    expect(reportLines({ ...report, text: 'it\u001b[2J answers' }, 100, uncoloured)).toEqual([
      '00:00:00.000 REPORT TM(17,4) of APID 101  it·[2J answers',
    ]);
    const long = reportLines({ ...report, service: 200, data: new Uint8Array(1000) }, 1000, uncoloured)[0]!;
    expect(long).toContain('... (1000 octets)');
    expect(long.length).toBeLessThan(250);
  });
});

describe('values', () => {
  const values = Array.from({ length: 7 }, (_, index) => ({
    name: `beacon.channel${index}`,
    value: index * 1000,
    unit: index === 0 ? 'mV' : undefined,
    ageUs: 20_000 * index,
  }));

  it('use the width there is', () => {
    const narrow = valueTable(values, 79, uncoloured);
    const wide = valueTable(values, 159, uncoloured);
    expect(narrow).toHaveLength(4);
    expect(wide).toHaveLength(2);
    expect(narrow[0]).toMatch(/^beacon\.channel0 {2}0 mV\s+0 ms {3}beacon\.channel4/);
    for (const row of [...narrow, ...wide]) expect(textWidth(row)).toBeLessThanOrEqual(159);
    for (const row of valueTable(values, 20, uncoloured)) expect(textWidth(row)).toBeLessThanOrEqual(40);
    expect(valueTable([], 79, uncoloured)).toEqual([]);
  });

  it('that are watched share rows', () => {
    const rows = watchRows(values, 79, uncoloured);
    expect(rows).toHaveLength(3);
    expect(rows[0]).toBe(' beacon.channel0 0 mV   beacon.channel1 1000   beacon.channel2 2000');
    expect(watchRows([], 79, uncoloured)).toEqual([]);
  });
});
