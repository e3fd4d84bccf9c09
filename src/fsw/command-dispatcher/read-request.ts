// From the octets of a telecommand packet to a command of the dictionary with its arguments, or why not.
// Functions travel as PUS ST[8]: TC(8,1), two octets of function id, then the arguments in declared order.
import { type PusTelecommand, pusTelecommand } from '../../ccsds/pus/telecommand.ts';
import { apidAt } from '../../ccsds/space-packet/space-packet.ts';
import { ok, type Result, refuse } from '../../codec/result.ts';
import { decodeFields } from '../../dictionary/decode.ts';
import type { CommandEntry, Dictionary } from '../../dictionary/dictionary.ts';

export interface Request {
  readonly telecommand: PusTelecommand;
  readonly command: CommandEntry;
  readonly args: Readonly<Record<string, unknown>>;
}

const FUNCTION_SERVICE = 8;
const PERFORM_FUNCTION = 1;
const FUNCTION_ID_OCTETS = 2;

interface Named {
  readonly command: CommandEntry;
  readonly argumentsAt: number;
}

const named = (dictionary: Dictionary, { service, subtype, data }: PusTelecommand): Result<Named> => {
  const standard = dictionary.commandOfService(service, subtype);
  if (standard !== undefined) return ok({ command: standard, argumentsAt: 0 });
  if (service !== FUNCTION_SERVICE) {
    const known = dictionary.commands.all.some((entry) => entry.standard?.service === service);
    return refuse(known ? 'unknown subtype' : 'unknown service', 7);
  }
  if (subtype !== PERFORM_FUNCTION) return refuse('unknown subtype', 8);
  if (data.length < FUNCTION_ID_OCTETS) return refuse('arguments too short', 11);
  const command = dictionary.commands.byId((data[0]! << 8) | data[1]!);
  // A command of a standard service has one way in, its own.
  if (command === undefined || command.standard !== undefined) return refuse('unknown function', 11);
  return ok({ command, argumentsAt: FUNCTION_ID_OCTETS });
};

/** The words of field decoding as those of verification. */
const argumentReason = (reason: string): string =>
  reason === 'too short' || reason === 'too long' ? `arguments ${reason}` : reason;

/**
 * Reasons: those of the PUS telecommand, then 'unknown application process', 'unknown service', 'unknown subtype',
 * 'unknown function', 'arguments too short', 'arguments too long', 'argument out of range: <name>'.
 */
export const readRequest = (dictionary: Dictionary, apid: number, octets: Uint8Array): Result<Request> => {
  const telecommand = pusTelecommand.decode(octets);
  if (!telecommand.ok) return telecommand;
  if (apidAt(octets) !== apid) return refuse('unknown application process', 0);
  const found = named(dictionary, telecommand.value);
  if (!found.ok) return found;
  const { command, argumentsAt } = found.value;
  const args = decodeFields(command.fields, telecommand.value.data.subarray(argumentsAt));
  if (!args.ok) return refuse(argumentReason(args.reason), args.at);
  return ok({ telecommand: telecommand.value, command, args: args.value });
};
