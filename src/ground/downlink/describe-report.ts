// What a report without a view of its own says, in words: structures of ST[03], disabled events of ST[05], test reports
// of ST[17]. Undefined for one that is not as it should be, or unknown.
import { housekeepingStructureReport, st03 } from '../../ccsds/pus/st03-housekeeping.ts';
import { eventIds, st05 } from '../../ccsds/pus/st05-events.ts';
import { connectionTest, st17 } from '../../ccsds/pus/st17-test.ts';
import type { Dictionary } from '../../dictionary/dictionary.ts';
import { nameOfId } from '../../dictionary/names.ts';

type Describe = (data: Uint8Array, dictionary: Dictionary) => string | undefined;

const namesOr = (dictionary: Dictionary, kind: 'channel' | 'event', ids: readonly number[]): string =>
  ids.map((id) => nameOfId(dictionary, kind, id) ?? String(id)).join(' ');

const structure: Describe = (data, dictionary) => {
  const decoded = housekeepingStructureReport.decode(data);
  if (!decoded.ok) return undefined;
  const { sid, enabled, intervalTenths, parameters } = decoded.value;
  const name = nameOfId(dictionary, 'structure', sid);
  const head = `structure ${sid}${name === undefined ? '' : ` (${name})`}`;
  const state = enabled ? 'enabled' : 'disabled';
  return `${head}, ${state}, every ${intervalTenths / 10} s: ${namesOr(dictionary, 'channel', parameters)}`;
};

const disabledEvents: Describe = (data, dictionary) => {
  const decoded = eventIds.decode(data);
  if (!decoded.ok) return undefined;
  return `disabled events: ${decoded.value.length === 0 ? 'none' : namesOr(dictionary, 'event', decoded.value)}`;
};

const alive: Describe = (data) => (data.length === 0 ? 'are-you-alive: yes' : undefined);

const connection: Describe = (data) => {
  const decoded = connectionTest.decode(data);
  return decoded.ok ? `connection test: APID ${decoded.value} answers` : undefined;
};

const kinds: ReadonlyMap<number, Describe> = new Map([
  [3 * 256 + st03.structure, structure],
  [5 * 256 + st05.disabled, disabledEvents],
  [17 * 256 + st17.alive, alive],
  [17 * 256 + st17.connectionReport, connection],
]);

export const describeReport = (
  service: number,
  subtype: number,
  data: Uint8Array,
  dictionary: Dictionary,
): string | undefined => kinds.get(service * 256 + subtype)?.(data, dictionary);
