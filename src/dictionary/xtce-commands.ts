// The command half of XTCE. Headers are fixed values: mission control fills in length, sequence count and packet error
// control after encoding. Arguments stand in the declared order behind the function id, or alone under a service of
// their own.
import type { CommandEntry, Dictionary } from './dictionary.ts';
import { element, type XmlElement } from './xml.ts';
import { declarations, entries, xtceName, xtceRun } from './xtce-entries.ts';
import { XtceTypes } from './xtce-types.ts';

const fixed = (name: string, value: number, octets: number): XmlElement =>
  element('FixedValueEntry', {
    name,
    binaryValue: value
      .toString(16)
      .toUpperCase()
      .padStart(2 * octets, '0'),
    sizeInBits: 8 * octets,
  });

/**
 * Telecommand, secondary header, unsegmented; PUS-C with all four acknowledgements asked for. Every command repeats it,
 * where XTCE would let them inherit it: a validator in use knows no inheritance between command containers.
 */
const header = (apid: number): readonly XmlElement[] => [
  fixed('packet_identification', 0x1800 | apid, 2),
  fixed('packet_sequence_control', 0xc000, 2),
  fixed('packet_length', 0, 2),
  fixed('pus_version_and_acknowledgements', 0x2f, 1),
];

const commandElement = (types: XtceTypes, apid: number, entry: CommandEntry): XmlElement => {
  const name = xtceName(entry.name);
  const { service, subtype } = entry.standard ?? { service: 8, subtype: 1 };
  const { values } = xtceRun(types, '', entry.fields, 0);
  return element('MetaCommand', { name, shortDescription: entry.doc }, [
    ...(values.length > 0 ? [element('ArgumentList', {}, declarations('Argument', values))] : []),
    element('CommandContainer', { name }, [
      element('EntryList', {}, [
        ...header(apid),
        fixed('service', service, 1),
        fixed('subtype', subtype, 1),
        fixed('source_id', 0, 2),
        ...(entry.standard ? [] : [fixed('function_id', entry.id, 2)]),
        ...entries('Argument', values),
      ]),
    ]),
  ]);
};

/** The element CommandMetaData. */
export const xtceCommands = (dictionary: Dictionary, apid: number): XmlElement => {
  const types = new XtceTypes('Argument');
  const commands = dictionary.commands.all.map((entry) => commandElement(types, apid, entry));
  return element('CommandMetaData', {}, [
    ...(types.elements.length > 0 ? [element('ArgumentTypeSet', {}, types.elements)] : []),
    element('MetaCommandSet', {}, commands),
  ]);
};
