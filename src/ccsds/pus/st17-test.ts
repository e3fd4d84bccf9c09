// Test service, ECSS-E-ST-70-41C 8.17: are-you-alive has no data; the connection test names an application process.
import type { Codec } from '../../codec/codec.ts';
import { ok, refuse } from '../../codec/result.ts';
import { Writer } from '../../codec/writer.ts';

export const st17 = { areYouAlive: 1, alive: 2, connectionTest: 3, connectionReport: 4 } as const;

/** The APID in TC[17,3] and TM[17,4]. Refuses 'too short', 'too long' and 'bad APID'. */
export const connectionTest: Codec<number> = {
  name: 'TC[17,3]',
  size: 2,
  encode: (apid) => new Writer(2).u16(apid, 'APID').finish(),
  decode: (octets) => {
    if (octets.length < 2) return refuse('too short', octets.length);
    if (octets.length > 2) return refuse('too long', 2);
    const apid = (octets[0]! << 8) | octets[1]!;
    return apid > 0x7ff ? refuse('bad APID', 0) : ok(apid);
  },
};
