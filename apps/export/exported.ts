// The derived artefacts of the orbiter as text. The golden files of the tests hold the same.
import { simulatedByteLink } from '../../src/devices/sim/byte-link.ts';
import { oscillator } from '../../src/devices/sim/oscillator.ts';
import { dictionaryJson } from '../../src/dictionary/json.ts';
import { dictionaryMarkdown } from '../../src/dictionary/markdown.ts';
import { dictionaryXtce } from '../../src/dictionary/xtce.ts';
import { mermaid } from '../../src/kernel/diagram.ts';
import { orbiterDictionary } from '../../src/orbiter/dictionary.ts';
import { apids } from '../../src/orbiter/tables.ts';
import { orbiter } from '../../src/orbiter/topology.ts';
import type { ExportKind } from './kinds.ts';

const whole = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);

const texts: Readonly<Record<ExportKind, () => string>> = {
  dictionary: () => dictionaryJson(orbiterDictionary),
  xtce: () => dictionaryXtce(orbiterDictionary, { name: 'Tharsis', apid: apids.flightSoftware }),
  diagram: () => mermaid(orbiter({ radio: simulatedByteLink(), oscillator: oscillator() })),
  reference: () => dictionaryMarkdown(orbiterDictionary, 'Orbiter'),
};

/** Ends with a line feed. The same octets each time. */
export const exported = (kind: ExportKind): string => whole(texts[kind]());
