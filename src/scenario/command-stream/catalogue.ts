// The commands of a relay orbiter as its generator of command streams knows them: who may send what, with which
// arguments. An invented mission in the words of ECSS-E-ST-70-41C. Left out: layouts, since only values are observed.

export const roles = ['operator', 'planner', 'security officer', 'relay planner', 'flight director'] as const;
export const stations = ['west', 'south', 'east'] as const;
export const modes = ['safe', 'nominal', 'manoeuvre'] as const;
export const subsystems = [
  'link',
  'housekeeping',
  'attitude',
  'power',
  'thermal',
  'relay',
  'store',
  'security',
  'software',
  'time',
] as const;

export type Role = (typeof roles)[number];
export type CommandClass = 'routine' | 'hazardous' | 'critical';

/** An argument is a whole number from `least` to `most`; of an identifier the distance between values says nothing. */
export interface ArgumentRange {
  readonly least: number;
  readonly most: number;
  readonly identifier: boolean;
}

export interface CommandKind {
  readonly opcode: number;
  readonly name: string;
  readonly subsystem: number;
  readonly class: CommandClass;
  readonly roles: readonly Role[];
  readonly args: readonly ArgumentRange[];
  /** May wait on board for its time. */
  readonly tagged: boolean;
}

const value = (least: number, most: number): ArgumentRange => ({ least, most, identifier: false });
const id = (most: number): ArgumentRange => ({ least: 0, most, identifier: true });

type Rest = readonly [who: string, args?: readonly ArgumentRange[], tagged?: 'tagged' | undefined, kind?: CommandClass];

const initials: Readonly<Record<string, Role>> = {
  o: 'operator',
  p: 'planner',
  s: 'security officer',
  r: 'relay planner',
  d: 'flight director',
};

const kind = (opcode: number, name: string, [who, args = [], tagged, of = 'routine']: Rest): CommandKind => ({
  opcode,
  name,
  subsystem: opcode >> 3,
  class: of,
  roles: [...who].map((letter) => initials[letter]!),
  args,
  tagged: tagged === 'tagged',
});

const hazardous = (opcode: number, name: string, who: string, args: readonly ArgumentRange[] = [], tagged?: 'tagged') =>
  kind(opcode, name, [who, args, tagged, 'hazardous']);
const critical = (opcode: number, name: string, who: string, args: readonly ArgumentRange[] = []) =>
  kind(opcode, name, [who, args, undefined, 'critical']);
const routine = (opcode: number, name: string, who: string, args: readonly ArgumentRange[] = [], tagged?: 'tagged') =>
  kind(opcode, name, [who, args, tagged]);

/** Opcode: eight places for each subsystem, in the order of `subsystems`. */
export const catalogue: readonly CommandKind[] = [
  routine(1, 'alive', 'opsrd'),
  routine(2, 'setRate', 'op', [id(7)], 'tagged'),
  routine(3, 'setPower', 'op', [id(3)], 'tagged'),
  routine(4, 'setSweep', 'o', [value(-5000, 5000)]),
  routine(5, 'ranging', 'op', [id(1)], 'tagged'),
  routine(8, 'oneShot', 'oprsd', [id(40)]),
  routine(9, 'setInterval', 'o', [id(40), value(1, 6000)]),
  routine(10, 'enableReport', 'o', [id(40)]),
  routine(11, 'disableReport', 'o', [id(40)]),
  routine(12, 'dumpEvents', 'osd', [value(1, 255)]),
  routine(13, 'readParameter', 'opsrd', [id(255)]),
  hazardous(14, 'setParameter', 'od', [id(255), value(0, 1000)]),
  hazardous(16, 'attitudeMode', 'op', [id(5)], 'tagged'),
  routine(17, 'slewTo', 'op', [value(0, 3600), value(-900, 900)], 'tagged'),
  hazardous(18, 'desaturate', 'od', [value(0, 3000)]),
  routine(19, 'selectCatalogue', 'o', [id(7)]),
  critical(20, 'burn', 'd', [value(1, 900), value(1, 5000)]),
  hazardous(24, 'batteryLimit', 'o', [value(20, 100)]),
  hazardous(25, 'loadSwitch', 'o', [id(31), id(1)]),
  routine(26, 'arrayAngle', 'op', [value(0, 359)], 'tagged'),
  routine(32, 'setPoint', 'o', [id(15), value(-4000, 4000)]),
  hazardous(33, 'heater', 'o', [id(15), id(1)]),
  routine(40, 'overflight', 'r', [id(15), value(60, 1200), id(7)], 'tagged'),
  routine(41, 'commitPlan', 'r'),
  routine(42, 'cancelOverflight', 'r', [id(15)]),
  routine(43, 'hailNow', 'ro', [id(15)]),
  routine(44, 'setFrequency', 'r', [id(15)], 'tagged'),
  routine(48, 'listFiles', 'or'),
  routine(49, 'sendFile', 'or', [value(0, 65_535)]),
  hazardous(50, 'deleteFile', 'or', [value(0, 65_535)]),
  routine(51, 'setPriority', 'or', [value(0, 65_535), id(7)]),
  critical(52, 'format', 'd', [id(3)]),
  routine(56, 'keyInventory', 's'),
  critical(57, 'activateKey', 's', [id(255)]),
  critical(58, 'setWindow', 's', [id(63), value(1, 4096)]),
  routine(59, 'dumpLog', 's', [value(1, 255)]),
  routine(60, 'verifyKey', 's', [id(255)]),
  hazardous(64, 'loadChunk', 'p', [value(0, 65_535), value(1, 900)]),
  routine(65, 'checkMemory', 'po', [value(0, 65_535), value(1, 4096)]),
  routine(66, 'dumpMemory', 'po', [value(0, 65_535), value(1, 4096)]),
  critical(67, 'commitImage', 'd', [id(1)]),
  critical(68, 'reboot', 'd', [id(1)]),
  routine(69, 'startSequence', 'po', [id(63)], 'tagged'),
  routine(70, 'stopSequence', 'po', [id(63)]),
  routine(72, 'reportTime', 'opd'),
  hazardous(73, 'adjustClock', 'o', [value(-2000, 2000)]),
];

const byName = new Map(catalogue.map((each) => [each.name, each]));

/** The command of a name; a RangeError for a name that the catalogue does not have. */
export const commandNamed = (name: string): CommandKind => {
  const found = byName.get(name);
  if (found === undefined) throw new RangeError(`command '${name}': expected one of the catalogue`);
  return found;
};
