// Wires the clock to its ports: a latch of the oscillator each tick, a clock state for users after each reading, and a
// time packet for each mark of the downlink.
import { map, merge } from 'rxjs';
import { checkedTimePacket } from '../../ccsds/pus/st09-time.ts';
import { SEQUENCE_COUNT_MODULUS } from '../../ccsds/space-packet/space-packet.ts';
import { CUC_4_2_OCTETS, writeCuc42 } from '../../ccsds/time-code/cuc-4-2.ts';
import { type Component, component } from '../../kernel/component.ts';
import type { Step } from '../../kernel/machine.ts';
import { onBoardTimeUs } from '../clock-state.ts';
import type { TimeMark } from '../time-mark.ts';
import { Timekeeper } from './declaration.ts';
import { adjustRate, firstTimekeeping, setTime, type Timekeeping, takeReading } from './timekeeping.ts';

export interface TimekeeperOptions {
  /** The date at power-on, microseconds since 1958-01-01 TAI. */
  readonly epochUs: number;
}

interface TimePackets {
  readonly made: number;
  readonly lastMarkCount: number;
}

/** Source data of TM[9,2]: the rate exponent, and the on-board time at the mark as CUC 4+2 without P-field. */
const reportData = ({ rateExponent }: TimeMark, onBoardUs: number): Uint8Array => {
  const data = new Uint8Array(1 + CUC_4_2_OCTETS);
  data[0] = rateExponent;
  writeCuc42(data, 1, onBoardUs);
  return data;
};

interface MarkedTime {
  readonly mark: TimeMark;
  readonly onBoardUs: number;
}

const makePacket = (state: TimePackets, { mark, onBoardUs }: MarkedTime) => {
  const octets = checkedTimePacket(state.made % SEQUENCE_COUNT_MODULUS, reportData(mark, onBoardUs));
  const next: TimePackets = { made: state.made + 1, lastMarkCount: mark.frameCount };
  return [next, { type: 'packet', octets }] as const satisfies Step<
    TimePackets,
    { type: 'packet'; octets: Uint8Array }
  >;
};

export const timekeeper = ({ epochUs }: TimekeeperOptions): Component<(typeof Timekeeper)['shape']> =>
  component(Timekeeper, ({ in: i, cmd, boot, param, now, run, sinks }) => {
    const time = run(firstTimekeeping(epochUs))
      .on(i.reading, (state, { counts }) => takeReading(state, counts, now(), param.jumpLimit()))
      .on(cmd.SetTime, (state, { seconds, fraction }) =>
        setTime(state, seconds * 1e6 + Math.ceil((fraction * 1e6) / 65536), now()),
      )
      .on(cmd.AdjustRate, (state, { rate }) => adjustRate(state, rate));
    const marked = time.sample(i.mark, (state: Timekeeping, mark) => ({
      mark,
      onBoardUs: onBoardTimeUs(state.clock, mark.atUs),
    }));
    const packets = run<TimePackets>({ made: 0, lastMarkCount: 0 }).on(marked, makePacket);
    return sinks({
      out: {
        latch: merge(boot.pipe(map(() => 0)), i.tick),
        clock: time.only('clock', ({ clock }) => clock),
        timePacket: packets.only('packet', ({ octets }) => octets),
      },
      cmd: {
        SetTime: time.only('set', () => 'done' as const),
        AdjustRate: time.only('adjusted', () => 'done' as const),
      },
      evr: {
        TimeSet: time.only('set', ({ stepUs }) => ({ step: stepUs })),
        RateAdjusted: time.only('adjusted', ({ ratePpb }) => ({ rate: ratePpb })),
        ClockJumped: time.only('jumped', ({ jumpUs }) => ({ jump: jumpUs })),
      },
      tlm: {
        onBoardTime: time.state((state) => Math.floor(state.clock.onBoardUs / 1e6)),
        rate: time.state((state) => state.ratePpb),
        readings: time.state((state) => state.readings),
        jumps: time.state((state) => state.jumps),
        timePackets: packets.state((state) => state.made),
        lastMarkCount: packets.state((state) => state.lastMarkCount),
      },
    });
  });
