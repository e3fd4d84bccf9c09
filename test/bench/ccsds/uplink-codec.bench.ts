// The uplink's codecs and machines alone, the part of a command's way that this layer costs: FOP-1, frame, CLTU, and
// back through BCH, frame checks and FARM-1, one acknowledgement for each. The reference is the CRC of the same octets.
import { decodeCltu, encodeCltu } from '../../../src/ccsds/cltu/cltu.ts';
import { clcwOf, farm1 } from '../../../src/ccsds/cop1/farm1.ts';
import { classifyFrame, farmWindow } from '../../../src/ccsds/cop1/farm1-classify.ts';
import { farmReset } from '../../../src/ccsds/cop1/farm1-state.ts';
import { fop1 } from '../../../src/ccsds/cop1/fop1.ts';
import { classifyAnswer, classifyClcw, classifyDirective, classifyFdu } from '../../../src/ccsds/cop1/fop1-classify.ts';
import type { FopEvent } from '../../../src/ccsds/cop1/fop1-events.ts';
import { fopReset } from '../../../src/ccsds/cop1/fop1-state.ts';
import { delimitTcFrames } from '../../../src/ccsds/tc-frame/delimit.ts';
import { tcFrame } from '../../../src/ccsds/tc-frame/tc-frame.ts';
import { crc16 } from '../../../src/codec/crc16.ts';
import { type Bench, figure, perSecond } from '../figure.ts';

const COMMANDS = 5_000;
const COMMAND_OCTETS = 30;
const frames = tcFrame({ spacecraftId: 42, virtualChannels: [0] });
const window = farmWindow(128);

const chain = (): number => {
  let farm = farmReset;
  let fop = fopReset({ timerInitialUs: 1_000_000, windowWidth: 32 });
  const arrive = (cltu: Uint8Array): void => {
    const unit = decodeCltu(cltu);
    if (!unit.ok) throw new Error(unit.reason);
    for (const part of delimitTcFrames(unit.value.data)) {
      const frame = frames.decode(part);
      if (!frame.ok) throw new Error(frame.reason);
      [farm] = farm1.step(farm, classifyFrame(farm, frame.value, window, true));
    }
  };
  const step = (event: FopEvent | undefined): void => {
    if (event === undefined) return;
    const [next, ...actions] = fop1.step(fop, event);
    fop = next;
    for (const action of actions) {
      if (action.type !== 'transmit') continue;
      const { service, sequence, fdu } = action;
      const frame = { service, spacecraftId: 42, virtualChannelId: 0, sequence, data: fdu.octets };
      arrive(encodeCltu(frames.encode(frame)));
      step(classifyAnswer(service, true));
    }
  };
  step(classifyDirective(fop, { id: 0, name: 'initiateAdWithoutClcwCheck' }));
  const octets = new Uint8Array(COMMAND_OCTETS);
  for (let id = 0; id < COMMANDS; id++) {
    step(classifyFdu(fop, 'AD', { id, octets }));
    step(classifyClcw(fop, clcwOf(farm, 0), 0));
  }
  if (farm.vr !== COMMANDS % 256) throw new Error(`bench: V(R) is ${farm.vr}`);
  return COMMANDS;
};

/** As many checks of one frame as each command needs: one where it is made, one where it arrives. */
const checks = (): number => {
  const octets = new Uint8Array(COMMAND_OCTETS + 7);
  let sum = 0;
  for (let count = 0; count < 2 * COMMANDS; count++) sum ^= crc16(octets);
  return sum < 0 ? 0 : COMMANDS;
};

export const bench: Bench = () => [
  figure({
    name: 'ccsds/uplink/codecs and machines',
    unit: 'commands/s',
    ours: perSecond(chain),
    against: 'the two frame checks alone',
    reference: perSecond(checks),
    goal: 100_000,
  }),
];
