// Every reason for which reception discards octets, each a counter of its own: the words are those of the decoders.
// Grouped from the outside in: CLTU, frame, FARM-1, segment, packet. Those of link security came later and stand last,
// because the place of a reason is part of the id of its counter.

export const refusals = {
  noStartSequence: 'no start sequence',
  noCodeBlock: 'no whole code block',
  cltuTooLong: 'CLTU too long',
  frameTooShort: 'frame too short',
  frameVersion: 'wrong frame version',
  frameFlags: 'illegal frame flags',
  frameSpareBits: 'spare bits set',
  spacecraftId: 'wrong spacecraft id',
  frameTooLong: 'frame too long',
  frameLength: 'length mismatch',
  virtualChannel: 'virtual channel not in use',
  noFrameData: 'no frame data',
  badFecf: 'bad FECF',
  noBuffer: 'no buffer free',
  outOfSequence: 'out of sequence',
  repeated: 'repeated frame',
  inLockout: 'in lockout',
  outsideWindow: 'outside the window',
  controlCommand: 'illegal control command',
  setVrInLockout: 'Set V(R) in lockout',
  noSegmentHeader: 'no segment header',
  unfinishedUnit: 'unfinished unit',
  segmentWithoutStart: 'segment without start',
  unitTooLong: 'unit too long',
  packetCut: 'packet cut',
  expressFull: 'express buffers full',
  other: 'other',
  noSecurityHeader: 'no security header',
  spiUnknown: 'SPI unknown',
  wrongDirection: 'wrong direction',
  wrongChannel: 'wrong channel',
  notOperational: 'association not operational',
  tooShortForAssociation: 'frame too short for association',
  padLength: 'bad pad length',
  keyNotActive: 'key not active',
  epochNotBegun: 'epoch not begun',
  epochOver: 'epoch over',
  wrongIv: 'wrong IV',
  counterExhausted: 'counter exhausted',
  replayAhead: 'replay ahead',
  replayBehind: 'replay behind',
  replayDuplicate: 'replay duplicate',
  foreignHeader: 'header not of the association',
  badMac: 'bad MAC',
  sealedTwice: 'valid MAC, impossible content',
} as const;

export type RefusalName = keyof typeof refusals;

export const refusalNames = Object.keys(refusals) as readonly RefusalName[];

/** The place of a reason in the counters; a word that nobody listed counts as 'other'. */
const places: ReadonlyMap<string, number> = new Map(refusalNames.map((name, at) => [refusals[name], at]));

export const refusalPlace = (reason: string): number => places.get(reason) ?? places.get(refusals.other)!;

/** One thing for each reason, under its name. */
export const eachRefusal = <T>(make: (name: RefusalName, at: number) => T): Readonly<Record<RefusalName, T>> => {
  const made: Partial<Record<RefusalName, T>> = {};
  for (const [at, name] of refusalNames.entries()) made[name] = make(name, at);
  return made as Record<RefusalName, T>;
};
