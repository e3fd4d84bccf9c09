// One ring per kind; a full ring forgets its oldest. A command has one entry per change, so that its history shows.
import { component } from '../../kernel/component.ts';
import {
  Archive,
  type ArchiveItem,
  type ArchiveKind,
  type ArchiveQuery,
  archiveKinds,
  MAX_ANSWER_ITEMS,
} from './declaration.ts';
import { emptyRing, heldIn, newest, type Ring, withItem, withItems } from './ring.ts';

export interface ArchiveOptions {
  /** Items kept of each kind but telemetry. */
  readonly capacity?: number;
  /** Values of telemetry kept: one for each channel of each report. */
  readonly telemetryCapacity?: number;
}

type Rings = { readonly [K in ArchiveKind]: Ring<ArchiveItem> };

const filed = (rings: Rings, item: ArchiveItem): readonly [Rings] => [
  { ...rings, [item.kind]: withItem(rings[item.kind], item) },
];

const matches = (pattern: string | undefined, name: string): boolean => {
  if (pattern === undefined) return true;
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
};

/** Everything of one kind that the query names, newest first served, oldest first told. */
export const answered = (rings: Rings, query: ArchiveQuery): readonly ArchiveItem[] => {
  const { kind, name, fromUs = 0, toUs = Infinity, limit = MAX_ANSWER_ITEMS } = query;
  const passes = (item: ArchiveItem): boolean => item.atUs >= fromUs && item.atUs <= toUs && matches(name, item.name);
  return newest(rings[kind], Math.min(limit, MAX_ANSWER_ITEMS), passes);
};

export const archive = ({ capacity = 4096, telemetryCapacity = 32_768 }: ArchiveOptions = {}) =>
  component(Archive, ({ in: i, now, run, sinks }) => {
    const empty = Object.fromEntries(
      archiveKinds.map((kind) => [kind, emptyRing<ArchiveItem>(kind === 'telemetry' ? telemetryCapacity : capacity)]),
    );
    const rings = run(empty as Rings)
      .on(i.telemetry, (r, report) => {
        const items = report.values.map(
          ({ name, value }): ArchiveItem => ({
            kind: 'telemetry',
            atUs: now(),
            name,
            data: value,
          }),
        );
        const telemetry = withItems(r.telemetry, items);
        return [{ ...r, telemetry }];
      })
      .on(i.event, (r, event) => filed(r, { kind: 'event', atUs: now(), name: event.name, data: event }))
      .on(i.report, (r, report) => {
        const name = `report(${report.service},${report.subtype})`;
        return filed(r, { kind: 'report', atUs: now(), name, data: report });
      })
      .on(i.record, (r, record) => filed(r, { kind: 'command', atUs: now(), name: record.name, data: record }))
      .on(i.alert, (r, { instance, event, args }) =>
        filed(r, { kind: 'alert', atUs: now(), name: `${instance}.${event}`, data: args }),
      )
      .on(i.query, (r, query) => [r, { type: 'answer', answer: { token: query.token, items: answered(r, query) } }]);
    const sum = (count: (ring: Ring<ArchiveItem>) => number) => (r: Rings) =>
      archiveKinds.reduce((total, kind) => total + count(r[kind]), 0);
    return sinks({
      out: { answer: rings.only('answer', (a) => a.answer) },
      tlm: { held: rings.state(sum(heldIn)), forgotten: rings.state(sum((ring) => ring.forgotten)) },
    });
  });
