// The housekeeping structure that a command has created on board: TC[3,1] (ECSS-E-ST-70-41C 8.3.2.1) tells its layout,
// and with the word of its completion the reports that follow can be read without a definition report (3,10).
import { type HousekeepingStructure, housekeepingStructure, st03 } from '../../ccsds/pus/st03-housekeeping.ts';
import type { Dictionary } from '../../dictionary/dictionary.ts';
import { encodeFields } from '../../dictionary/encode.ts';
import type { CommandRecord } from '../verification/command-record.ts';

/** Undefined for every other command, and before its completion is reported. */
export const createdStructure = (
  { name, args, newest }: CommandRecord,
  dictionary: Dictionary,
): HousekeepingStructure | undefined => {
  const create = dictionary.commandOfService(3, st03.create);
  if (newest.stage !== 'completed' || create === undefined || name !== create.name) return undefined;
  const encoded = encodeFields(create.fields, args);
  if (!encoded.ok) return undefined;
  const decoded = housekeepingStructure.decode(encoded.value);
  return decoded.ok ? decoded.value : undefined;
};
