// A byte link whose received units come out of the input log of an earlier run: the same ports, and nothing behind
// them.
import { ByteLink } from '../../hal/byte-link.ts';
import { driver } from '../../kernel/component.ts';

export const recordedByteLink = () => driver(ByteLink, () => () => undefined);
