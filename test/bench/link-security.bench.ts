// Link security per frame: TC frames of 1 kB and their way back, AES-256-GCM with the native suite, on one core. The
// reference is the cipher alone on the same octets. Then what a forged frame costs: up to the MAC check at most 10 us,
// and with it, where the host's library tells a wrong tag by an exception.
import { operationalAssociation } from '../../src/ccsds/sdls/association-machine.ts';
import type { FrameAlgorithm } from '../../src/ccsds/sdls/frame-algorithm.ts';
import { tcKind } from '../../src/ccsds/sdls/frame-kind.ts';
import { protectFrame } from '../../src/ccsds/sdls/protect-frame.ts';
import {
  gcmLayout,
  type SecurityAssociation,
  securityOverheadOctets,
} from '../../src/ccsds/sdls/security-association.ts';
import { type HeldAssociation, type SecurityTable, verifyFrame } from '../../src/ccsds/sdls/verify-frame.ts';
import type { TcFrame } from '../../src/ccsds/tc-frame/tc-frame.ts';
import { sealCrc16 } from '../../src/codec/crc16.ts';
import { takeSecret } from '../../src/crypto/secret-key.ts';
import type { Aead } from '../../src/crypto/suite.ts';
import { nativeSuite } from '../../src/devices/real/native-suite.ts';
import { type Bench, figure, perSecond } from './figure.ts';

const FRAMES = 1_000;
/** Many short rounds: the best of them ran between two slices of other work. */
const ROUNDS = 40;
const FRAME_OCTETS = 1024;
const kind = tcKind({ spacecraftId: 42, virtualChannels: [0] }, []);
const key = { id: 1, fixed: 0 };

const sent: SecurityAssociation = {
  ...gcmLayout,
  spi: 1,
  direction: 'transmit',
  channel: { frame: 'TC', spacecraftId: 42, virtualChannelId: 0 },
  replay: { window: 2 ** 40, depth: 0 },
};
const received: SecurityAssociation = { ...sent, direction: 'receive' };

const aead: Aead = nativeSuite.aesGcm(takeSecret(new Uint8Array(32).fill(7)));
const algorithm: FrameAlgorithm = { service: 'authenticated encryption', aead };
const plain = new Uint8Array(FRAME_OCTETS - 5 - 2 - securityOverheadOctets(sent)).fill(0x5a);
const clear: TcFrame = { service: 'BD', spacecraftId: 42, virtualChannelId: 0, sequence: 0, data: plain };

const protectedFrames = (): Uint8Array[] => {
  let state = operationalAssociation(sent, key);
  return Array.from({ length: FRAMES }, () => {
    const made = protectFrame(kind, clear, sent, state, algorithm);
    if (!made.ok) throw new Error(`bench: ${made.reason}`);
    state = made.value.state;
    return made.value.octets;
  });
};

const frames = protectedFrames();

const receiver = (): { readonly held: { current: HeldAssociation }; readonly table: SecurityTable } => {
  const held = { current: { association: received, state: operationalAssociation(received, key) } };
  const found = { ok: true, value: algorithm } as const;
  return { held, table: { find: () => held.current, algorithmOf: () => found } };
};

const verifyAll = (): number => {
  const { held, table } = receiver();
  for (const octets of frames) {
    const outcome = verifyFrame(kind, octets, table, 0);
    if (!outcome.ok) throw new Error(`bench: ${outcome.reason}`);
    held.current = { association: received, state: outcome.state };
  }
  return frames.length;
};

/** Genuine frames that somebody made into others behind a right error control. */
const forged = (change: (octets: Uint8Array) => void): Uint8Array[] =>
  frames.map((octets) => {
    const copy = octets.slice();
    change(copy);
    sealCrc16(copy);
    return copy;
  });

const rejectAll = (octetsOf: readonly Uint8Array[], reason: string) => (): number => {
  const { table } = receiver();
  for (const octets of octetsOf) {
    const outcome = verifyFrame(kind, octets, table, 0);
    if (outcome.ok || outcome.reason !== reason) throw new Error(`bench: expected ${reason}`);
  }
  return octetsOf.length;
};

const iv = new Uint8Array(12);
const aad = new Uint8Array(19);
const sealed = new Uint8Array(plain.length + aead.tagOctets);

const sealAlone = (): number => {
  for (let count = 0; count < FRAMES; count++) aead.sealInto(sealed, 0, iv, aad, plain);
  return FRAMES;
};

const openAlone = (): number => {
  aead.sealInto(sealed, 0, iv, aad, plain);
  for (let count = 0; count < FRAMES; count++)
    if (aead.open(iv, aad, sealed) === undefined) throw new Error('bench: bad MAC');
  return FRAMES;
};

const best = (work: () => number): number => perSecond(work, ROUNDS);

export const bench: Bench = () => {
  const cipher = { seal: best(sealAlone), open: best(openAlone) };
  const unit = 'frames/s';
  const against = 'the cipher alone';
  const wrongMac = forged((octets) => {
    octets[octets.length - 3]! ^= 1;
  });
  const wrongCounter = forged((octets) => octets.fill(0xff, 11, 13));
  return [
    figure({
      name: 'security/1 kB frames protected',
      unit,
      ours: best(() => protectedFrames().length),
      against,
      reference: cipher.seal,
      goal: 50_000,
    }),
    figure({
      name: 'security/1 kB frames verified',
      unit,
      ours: best(verifyAll),
      against,
      reference: cipher.open,
      goal: 50_000,
    }),
    figure({
      name: 'security/forged frames refused before the MAC',
      unit,
      ours: best(rejectAll(wrongCounter, 'counter exhausted')),
      against,
      reference: cipher.open,
      goal: 100_000,
    }),
    figure({
      name: 'security/forged frames refused by the MAC',
      unit,
      ours: best(rejectAll(wrongMac, 'bad MAC')),
      against,
      reference: cipher.open,
      goal: 20_000,
    }),
  ];
};
