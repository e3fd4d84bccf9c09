// The security engineer's rules for the invented mission of the generator: from what its catalogue declares and from
// how people work, not from the attacks.
import type { UplinkPolicy } from '../../src/fsw/uplink-monitor/policy.ts';
import { catalogue, commandNamed, modes, type Role, roles } from '../../src/scenario/command-stream/catalogue.ts';

const minuteUs = 60_000_000;
const dayUs = 1440 * minuteUs;

/** People type; planners send loads that a machine made. */
const manual: readonly Role[] = ['operator', 'security officer', 'flight director'];

const pair = (first: string, second: string, withinUs: number) => ({
  first: commandNamed(first).opcode,
  second: commandNamed(second).opcode,
  withinUs,
});

export const missionPolicy: UplinkPolicy = {
  commands: catalogue.map((kind) => ({
    opcode: kind.opcode,
    subsystem: kind.subsystem,
    hazardous: kind.class !== 'routine',
    roles: kind.roles.map((role) => roles.indexOf(role)),
    modes: kind.name === 'burn' ? [modes.indexOf('manoeuvre')] : modes.map((_, index) => index),
    authorisations: kind.class === 'critical' ? 2 : 1,
    args: kind.args,
    aheadUs: kind.tagged ? 3 * dayUs : 0,
  })),
  limits: [
    ...manual.map((role) => ({ role: roles.indexOf(role), count: 20, windowUs: minuteUs })),
    { role: roles.indexOf('planner'), count: 100, windowUs: minuteUs / 2 },
    { role: roles.indexOf('relay planner'), count: 100, windowUs: minuteUs / 2 },
  ],
  pairs: [
    pair('adjustClock', 'burn', 60 * minuteUs),
    pair('activateKey', 'setWindow', 10 * minuteUs),
    pair('format', 'deleteFile', 10 * minuteUs),
  ],
  passMarginUs: 5 * minuteUs,
  escalationUs: 60 * minuteUs,
  unscoredModes: [modes.indexOf('safe')],
};
