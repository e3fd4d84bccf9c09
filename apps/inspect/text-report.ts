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

const channelLines = ({ channels }: InspectReport, contents: readonly ChannelContent[], width: number): string[] => {
  if (channels.length === 0) return [];
  const head = ['spacecraft', 'channel', 'frames', 'idle', 'first', 'last', 'gaps', 'lost', 'twice', 'carries'];
  const rows = channels.map((channel) => {
    const content = contents.find((one) => one.scid === channel.scid && one.vcid === channel.vcid);
    const { scid, vcid, frames, idle, first, last, gaps, lost, duplicates } = channel;
    const cells = [scid, vcid, frames, idle, first ?? '-', last ?? '-', gaps, lost, duplicates, content?.content ?? ''];
    return cells.map(String);
  });
  const sides = [...Array.from({ length: 9 }, () => 'right' as const), 'left' as const];
  const lines = ['', 'Virtual channels', ...table([head, ...rows], sides, width)];
  for (const content of contents) {
    const dropped = counted(content.dropped);
    const apids = content.content === 'packets' && content.apids.length > 0 ? `; APIDs ${content.apids.join(' ')}` : '';
    const octets = dropped === '' ? '' : `; octets in no whole packet: ${dropped}`;
    lines.push(...wrap(`  ${content.scid}/${content.vcid}: ${content.evidence}${apids}${octets}`, width, 6));
  }
  return lines;
};

const packetLines = ({ packets, as, frames }: InspectReport, notes: readonly ApidNote[], width: number): string[] => {
  const lines = ['', 'Packets', `  ${plural(packets.total, 'whole packet')}, ${plural(packets.octets, 'octet')}`];
  if (as === 'packets') lines.push(`  refused: ${counted(frames.rejected) || 'none'}`);
  if (packets.apids.length === 0) return lines;
  const head = ['APID', 'packets', 'octets', 'first', 'last', 'gaps', 'good', 'bad', 'speaks'];
  const rows = packets.apids.map((row, index) => {
    const services = Object.entries(row.services).map(([service, count]) => `(${service})×${count}`);
    const judged = row.crcGood + row.crcBad > 0;
    const apid = row.apid === 2047 ? '2047 idle' : String(row.apid);
    const numbers = [row.count, row.octets, row.first, row.last, row.gaps].map((value) => value.toLocaleString('en'));
    const checks = judged ? [String(row.crcGood), String(row.crcBad)] : ['-', '-'];
    return [apid, ...numbers, ...checks, [notes[index]?.standard ?? '', ...services].join(' ')];
  });
  const sides = [...Array.from({ length: 8 }, () => 'right' as const), 'left' as const];
  return [...lines, ...table([head, ...rows], sides, width)];
};

const noteLines = (notes: readonly ApidNote[], width: number): string[] => {
  if (notes.length === 0) return [];
  const lines = ['', 'Why'];
  for (const { apid, standard, evidence, crcEvidence } of notes)
    lines.push(...wrap(`  APID ${apid}: ${standard} (${evidence}); ${crcEvidence}`, width, 4));
  return lines;
};

/** The whole report, ending with a line end. */
export const textReport = (file: string, inspection: Inspection, width: number): string => {
  const { report, findings, contents, notes, layers, remarks } = inspection;
  const lines = [`${file}: ${plural(report.octets, 'octet')} as ${report.as}`];
  for (const remark of remarks) lines.push(`  ${remark}`);
  lines.push(...readAs(findings, width), ...framesLines(report, width));
  for (const { layer, counts } of layers) {
    const all = Object.entries(counts).map(([name, count]) => `${name} ${count.toLocaleString('en')}`);
    lines.push(...wrap(`  ${layer}: ${all.join(', ')}`, width, 4));
  }
  lines.push(
    ...channelLines(report, contents, width),
    ...packetLines(report, notes, width),
    ...noteLines(notes, width),
  );
  lines.push('', `Left over at the end: ${plural(report.leftoverOctets, 'octet')}`);
  return `${lines.join('\n')}\n`;
};
