// The dictionary as XTCE 1.2 (660.0-B-2, OMG namespace 20180204) for mission control: one flat SpaceSystem, because not
// every reader knows nested ones. Left out: calibrations and limits, which the declarations do not have; verifiers.
import type { Dictionary } from './dictionary.ts';
import { dictionaryVersion } from './json.ts';
import { element, xmlDocument } from './xml.ts';
import { xtceCommands } from './xtce-commands.ts';
import { xtceName } from './xtce-entries.ts';
import { xtceTelemetry } from './xtce-telemetry.ts';

const NAMESPACE = 'http://www.omg.org/spec/XTCE/20180204';

export interface XtceOptions {
  /** The SpaceSystem: the folder in which mission control shows everything. */
  readonly name: string;
  /** Application process of the flight software: where commands go. */
  readonly apid: number;
}

/** Names are those of the dictionary with `_` for the point: `store_used`, `event_store_full_area`. */
export const dictionaryXtce = (dictionary: Dictionary, options: XtceOptions): string => {
  const attributes = {
    name: xtceName(options.name),
    xmlns: NAMESPACE,
    'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
    'xsi:schemaLocation': `${NAMESPACE} https://www.omg.org/spec/XTCE/20180204/SpaceSystem.xsd`,
  };
  return xmlDocument(
    element('SpaceSystem', attributes, [
      element('Header', { version: dictionaryVersion(dictionary), validationStatus: 'Working' }),
      xtceTelemetry(dictionary),
      xtceCommands(dictionary, options.apid),
    ]),
  );
};
