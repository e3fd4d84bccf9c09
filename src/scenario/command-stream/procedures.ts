// What ground controllers do by the book, step by step: people with pauses of seconds and minutes, loads by machine. A
// step is now and then left out, repeated because its answer was late, or done in the order of another shift.
import type { Random } from '../../kernel/random.ts';
import { commandNamed, type Role } from './catalogue.ts';
import { choice, clampWhole, logNormal, normal, whole } from './draw.ts';
import type { Step } from './stream.ts';

/** What a procedure knows of the mission at its moment. */
export interface Moment {
  readonly random: Random;
  /** Days since the start of the mission. */
  readonly day: number;
  /** Of the team on console: 0, 1 or 2. */
  readonly shift: number;
  /** The newest file in the store. */
  readonly newestFile: number;
}

export type Procedure = (moment: Moment) => Step[];

interface Extras {
  readonly role?: Role;
  readonly gapS?: number;
  readonly authorisations?: number;
  readonly delayS?: number;
}

/** One command by hand, some half a minute after the one before. */
export const step = (random: Random, name: string, args: readonly number[] = [], extras: Extras = {}): Step => ({
  opcode: commandNamed(name).opcode,
  args,
  role: extras.role ?? 'operator',
  gapS: extras.gapS ?? logNormal(random, 25, 0.8),
  authorisations: extras.authorisations ?? 1,
  delayS: extras.delayS ?? 0,
});

export const startOfPass: Procedure = ({ random, shift, day }) => {
  const sweep = clampWhole(2500 * Math.sin((day * 2 * Math.PI) / 687) + 150 * normal(random), -5000, 5000);
  const checks = [step(random, 'oneShot', [1]), step(random, 'oneShot', [2])];
  const events = step(random, 'dumpEvents', [clampWhole(logNormal(random, 30, 0.5), 1, 255)]);
  const order = shift === 0 ? [...checks, events] : shift === 1 ? [events, ...checks] : [checks[0]!, events];
  return [
    step(random, 'alive'),
    ...(random.chance(0.7) ? [step(random, 'setSweep', [sweep])] : []),
    step(random, 'setRate', [whole(random, 4, 6)]),
    ...order,
    ...(random.chance(0.5) ? [step(random, 'ranging', [1])] : []),
  ];
};

export const endOfPass: Procedure = ({ random }) => [
  ...(random.chance(0.5) ? [step(random, 'ranging', [0])] : []),
  step(random, 'oneShot', [1]),
  step(random, 'setRate', [whole(random, 1, 2)]),
];

export const housekeepingCheck: Procedure = ({ random, shift }) => [
  ...Array.from({ length: whole(random, 1, 5) }, () => step(random, 'oneShot', [whole(random, 1, 12)])),
  ...(random.chance(0.3) ? [step(random, 'dumpEvents', [whole(random, 10, 60)])] : []),
  ...(shift === 2 && random.chance(0.3) ? [step(random, 'readParameter', [whole(random, 0, 40)])] : []),
];

export const fileDownlink: Procedure = ({ random, newestFile }) => {
  const files = Array.from({ length: whole(random, 1, 8) }, (_, back) => Math.max(0, newestFile - back) & 0xffff);
  const sent = files.flatMap((file) => [
    step(random, 'sendFile', [file], { gapS: logNormal(random, 90, 0.9) }),
    ...(random.chance(0.08) ? [step(random, 'setPriority', [file, whole(random, 0, 3)])] : []),
  ]);
  const first = Math.max(0, newestFile - whole(random, 20, 35)) & 0xffff;
  const gone = random.chance(0.6) ? whole(random, 1, 6) : 0;
  return [
    step(random, 'listFiles'),
    ...sent,
    ...(gone > 0 ? [step(random, 'listFiles')] : []),
    ...Array.from({ length: gone }, (_, i) => step(random, 'deleteFile', [(first + i) & 0xffff])),
  ];
};

export const timeCorrelation: Procedure = ({ random }) => [
  ...Array.from({ length: whole(random, 2, 4) }, () => step(random, 'reportTime', [], { gapS: 60 })),
  ...(random.chance(0.25) ? [step(random, 'adjustClock', [clampWhole(180 * normal(random), -2000, 2000)])] : []),
];

/** The set point that a zone should have on a day: the seasons move it. */
export const seasonalSetPoint = (zone: number, day: number): number =>
  Math.round(zone * 120 - 600 + 700 * Math.sin((day * 2 * Math.PI) / 687 + zone));

export const thermalTrim: Procedure = ({ random, day }) => {
  const trims = Array.from({ length: whole(random, 1, 4) }, () => {
    const zone = whole(random, 0, 11);
    return step(random, 'setPoint', [
      zone,
      clampWhole(seasonalSetPoint(zone, day) + 150 * normal(random), -4000, 4000),
    ]);
  });
  const heater = random.chance(0.2) ? [step(random, 'heater', [whole(random, 0, 11), whole(random, 0, 1)])] : [];
  return [step(random, 'oneShot', [7]), ...trims, ...heater, step(random, 'oneShot', [7])];
};

export const diagnosis: Procedure = ({ random }) => {
  const from = whole(random, 0, 40);
  return [
    step(random, 'oneShot', [whole(random, 1, 25)]),
    ...Array.from({ length: whole(random, 2, 10) }, (_, i) =>
      step(random, 'readParameter', [(from + i * whole(random, 1, 3)) & 0xff], { gapS: logNormal(random, 12, 0.7) }),
    ),
    ...(random.chance(0.3)
      ? [
          step(random, 'setInterval', [whole(random, 1, 25), choice(random, [10, 50, 100, 600])]),
          step(random, 'enableReport', [whole(random, 1, 25)]),
        ]
      : []),
    ...(random.chance(0.2)
      ? [step(random, 'setParameter', [whole(random, 0, 40), clampWhole(logNormal(random, 120, 0.6), 0, 1000)])]
      : []),
    ...(random.chance(0.2) ? [step(random, 'disableReport', [whole(random, 1, 25)])] : []),
  ];
};

/** Something that no book foresees, from the wishes of a morning meeting. */
export const adHoc: Procedure = ({ random, newestFile }) => {
  const wishes = [
    () => step(random, 'arrayAngle', [whole(random, 0, 359)]),
    () => step(random, 'selectCatalogue', [whole(random, 0, 3)]),
    () => step(random, 'loadSwitch', [whole(random, 0, 15), whole(random, 0, 1)]),
    () => step(random, 'batteryLimit', [clampWhole(70 + 6 * normal(random), 20, 100)]),
    () => step(random, 'sendFile', [Math.max(0, newestFile - whole(random, 0, 400)) & 0xffff]),
    () => step(random, 'hailNow', [whole(random, 0, 5)]),
    () => step(random, 'setPower', [whole(random, 1, 3)]),
    () => step(random, 'checkMemory', [whole(random, 0, 65_535), whole(random, 64, 4096)]),
    () => step(random, 'slewTo', [whole(random, 0, 3600), whole(random, -900, 900)]),
    () => step(random, 'startSequence', [whole(random, 0, 20)]),
  ];
  return Array.from({ length: whole(random, 1, 3) }, () => choice(random, wishes)());
};
