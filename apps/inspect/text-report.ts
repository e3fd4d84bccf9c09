// The report for people: the file, how it was read and why, then layer by layer what is there, what is missing and what
// was refused.
import type { Finding } from '../../src/ground/inspect/parameters.ts';
import type { ApidNote, ChannelContent, Inspection, InspectReport } from '../../src/ground/inspect/report.ts';
import { table, wrap } from './text-table.ts';

const plural = (count: number, word: string): string =>
  `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`;

const counted = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => `${reason} ${count.toLocaleString('en')}`)
    .join(', ');

/** Noise makes channels and APIDs by the hundred: the busiest are shown, and what the others amount to. */
const MOST_ROWS = 24;
const MOST_COUNTERS = 12;

/** The busiest rows, in the order in which they came, and how many were left out. */
const busiest = <Row>(rows: readonly Row[], busy: (row: Row) => number) => {
  const least = rows.map(busy).sort((a, b) => b - a)[MOST_ROWS - 1] ?? 0;
  const above = rows.filter((row) => busy(row) > least).length;
  let equals = MOST_ROWS - above;
  const shown = rows.filter((row) => busy(row) > least || (busy(row) === least && equals-- > 0));
  return { shown, rest: rows.filter((row) => !shown.includes(row)) };
};

const restLine = (rest: readonly number[], rows: string, what: string): string[] => {
  if (rest.length === 0) return [];
  const sum = rest.reduce((total, one) => total + one, 0);
  return [`  and ${plural(rest.length, rows)} more with ${plural(sum, what)}; --json lists them all`];
};

/** Such as 'frame length 1115 octets: 100 % of headers follow each other'. */
export const findingLine = ({ parameter, value, evidence }: Finding): string => `${parameter} ${value}: ${evidence}`;

const readAs = (findings: readonly Finding[], width: number): string[] => {
  if (findings.length === 0) return [];
  const rows = findings.map((f) => [f.parameter, f.value, f.guessed ? 'guessed' : 'sure', f.evidence]);
  return ['', 'How it was read', ...table(rows, ['left', 'left', 'left', 'left'], width)];
};

const framesLines = ({ as, frames, ocf }: InspectReport, width: number): string[] => {
  if (as === 'packets') return [];
  const refused = counted(frames.rejected);
  const lines = ['', 'Frames'];
  lines.push(
    `  ${plural(frames.total, 'unit')}: ${frames.accepted.toLocaleString('en')} accepted, ` +
      `${frames.idle.toLocaleString('en')} of them idle, ${plural(frames.duplicates, 'duplicate')}`,
  );
  lines.push(`  refused: ${refused === '' ? 'none' : refused}`);
  if (ocf.length > 0) {
    const shown = ocf.slice(0, 8).map(({ value, count }) => `${value} ×${count}`);
    const more = ocf.length > 8 ? `, and ${ocf.length - 8} more runs` : '';
    lines.push(...wrap(`  control fields: ${shown.join(', ')}${more}`, width, 4));
  }
  return lines;
};

const contentText = (content: ChannelContent): string => {
  const dropped = counted(content.dropped);
  const apids =
    content.content === 'packets' && content.apids.length > 0
      ? `; APIDs ${content.apids.slice(0, MOST_ROWS).join(' ')}${content.apids.length > MOST_ROWS ? ' ...' : ''}`
      : '';
  const octets = dropped === '' ? '' : `; octets in no whole packet: ${dropped}`;
  return `  ${content.scid}/${content.vcid}: ${content.evidence}${apids}${octets}`;
};

const channelLines = ({ channels }: InspectReport, contents: readonly ChannelContent[], width: number): string[] => {
  if (channels.length === 0) return [];
  const of = new Map(contents.map((content) => [`${content.scid}/${content.vcid}`, content]));
  const { shown, rest } = busiest(channels, (channel) => channel.frames);
  const head = ['spacecraft', 'channel', 'frames', 'idle', 'first', 'last', 'gaps', 'lost', 'twice', 'carries'];
  const rows = shown.map((channel) => {
    const { scid, vcid, frames, idle, first, last, gaps, lost, duplicates } = channel;
    const content = of.get(`${scid}/${vcid}`)?.content ?? '';
    const cells = [scid, vcid, frames, idle, first ?? '-', last ?? '-', gaps, lost, duplicates, content];
    return cells.map(String);
  });
  const sides = [...Array.from({ length: 9 }, () => 'right' as const), 'left' as const];
  const lines = ['', 'Virtual channels', ...table([head, ...rows], sides, width)];
  const others = rest.map((channel) => channel.frames);
  lines.push(...restLine(others, 'channel', 'frame'));
  for (const { scid, vcid } of shown) {
    const content = of.get(`${scid}/${vcid}`);
    if (content !== undefined) lines.push(...wrap(contentText(content), width, 6));
  }
  return lines;
};

const packetLines = ({ packets, as, frames }: InspectReport, notes: readonly ApidNote[], width: number): string[] => {
  const lines = ['', 'Packets', `  ${plural(packets.total, 'whole packet')}, ${plural(packets.octets, 'octet')}`];
  if (as === 'packets') lines.push(`  refused: ${counted(frames.rejected) || 'none'}`);
  if (packets.apids.length === 0) return lines;
  const standards = new Map(notes.map((note) => [note.apid, note.standard]));
  const { shown, rest } = busiest(packets.apids, (row) => row.count);
  const head = ['APID', 'packets', 'octets', 'first', 'last', 'gaps', 'good', 'bad', 'speaks'];
  const rows = shown.map((row) => {
    const services = Object.entries(row.services).map(([service, count]) => `(${service})×${count}`);
    const judged = row.crcGood + row.crcBad > 0;
    const apid = row.apid === 2047 ? '2047 idle' : String(row.apid);
    const numbers = [row.count, row.octets, row.first, row.last, row.gaps].map((value) => value.toLocaleString('en'));
    const checks = judged ? [String(row.crcGood), String(row.crcBad)] : ['-', '-'];
    return [apid, ...numbers, ...checks, [standards.get(row.apid) ?? '', ...services].join(' ')];
  });
  const sides = [...Array.from({ length: 8 }, () => 'right' as const), 'left' as const];
  const others = rest.map((row) => row.count);
  lines.push(...table([head, ...rows], sides, width), ...restLine(others, 'APID', 'packet'));
  const why = notes.filter((note) => shown.some((row) => row.apid === note.apid));
  return [...lines, ...noteLines(why, width)];
};

const noteLines = (notes: readonly ApidNote[], width: number): string[] => {
  if (notes.length === 0) return [];
  const lines = ['', 'Why'];
  for (const { apid, standard, evidence, crcEvidence } of notes)
    lines.push(...wrap(`  APID ${apid}: ${standard} (${evidence}); ${crcEvidence}`, width, 4));
  return lines;
};

const layerLines = ({ layers }: Inspection, width: number): string[] =>
  layers.flatMap(({ layer, counts }) => {
    const all = Object.entries(counts).map(([name, count]) => `${name} ${count.toLocaleString('en')}`);
    const more = all.length > MOST_COUNTERS ? `, and ${all.length - MOST_COUNTERS} more counters` : '';
    return wrap(`  ${layer}: ${all.slice(0, MOST_COUNTERS).join(', ')}${more}`, width, 4);
  });

/** The whole report, ending with a line end. */
export const textReport = (file: string, inspection: Inspection, width: number): string => {
  const { report, findings, contents, notes, remarks } = inspection;
  const lines = [`${file}: ${plural(report.octets, 'octet')} as ${report.as}`];
  for (const remark of remarks) lines.push(`  ${remark}`);
  lines.push(...readAs(findings, width), ...framesLines(report, width), ...layerLines(inspection, width));
  lines.push(...channelLines(report, contents, width), ...packetLines(report, notes, width));
  lines.push('', `Left over at the end: ${plural(report.leftoverOctets, 'octet')}`);
  return `${lines.join('\n')}\n`;
};
