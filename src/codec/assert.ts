// For our own mistakes only: outside octets are refused with a Result, never with a throw.

/** Throws when the program contradicts itself. The message names subject, expected and got. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** An integer in [minimum, maximum], or a RangeError that names the subject. Returns its input. */
export const integerIn = (subject: string, value: number, minimum: number, maximum: number): number => {
  if (!Number.isInteger(value) || value < minimum || value > maximum)
    throw new RangeError(`${subject}: expected an integer from ${minimum} to ${maximum}, got ${value}`);
  return value;
};
