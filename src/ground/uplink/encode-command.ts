// A command of the dictionary as the packet service that carries it: a standard's own, or function management (8,1)
// with the absolute opcode as function id. Refusals are lines for a person: subject, expected, got.
import { refuse } from '../../codec/result.ts';
import type { Dictionary } from '../../dictionary/dictionary.ts';
import { encodeFields, misfitText } from '../../dictionary/encode.ts';
import type { EncodeCommand } from './steps.ts';

/** ST[08] perform a function (ECSS-E-ST-70-41C 8.8.2.1). */
const performFunction = { service: 8, subtype: 1 } as const;

export const commandEncoder =
  (dictionary: Dictionary): EncodeCommand =>
  (name, args) => {
    const entry = dictionary.commands.byName(name);
    if (entry === undefined) return refuse(`${name}: expected a command of the dictionary`);
    const encoded = encodeFields(entry.fields, args);
    if (!encoded.ok) return refuse(misfitText(encoded.misfit));
    if (entry.standard) return { ok: true, value: { ...entry.standard, data: encoded.value } };
    const data = new Uint8Array(2 + encoded.value.length);
    data[0] = entry.id >> 8;
    data[1] = entry.id & 0xff;
    data.set(encoded.value, 2);
    return { ok: true, value: { ...performFunction, data } };
  };
