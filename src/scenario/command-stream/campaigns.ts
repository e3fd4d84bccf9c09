// The longer work: plans for the surface assets, loads of time-tagged commands, and what happens once in weeks (wheels,
// keys, a patch, a burn, a recovery from safe mode).
import type { Random } from '../../kernel/random.ts';
import { clampWhole, logNormal, normal, whole } from './draw.ts';
import { type Procedure, step } from './procedures.ts';

const machine = (random: Random): number => logNormal(random, 0.9, 0.5);
const dayS = 86_400;

export const relayPlan: Procedure = ({ random }) => {
  const role = 'relay planner' as const;
  const flights = Array.from({ length: whole(random, 4, 14) }, (_, i) =>
    step(
      random,
      'overflight',
      [whole(random, 0, 5), clampWhole(logNormal(random, 480, 0.3), 60, 1200), whole(random, 2, 5)],
      { role, gapS: machine(random), delayS: Math.round(7200 + i * 6900 + 600 * normal(random)) },
    ),
  );
  return [
    step(random, 'oneShot', [20], { role }),
    ...(random.chance(0.15) ? [step(random, 'cancelOverflight', [whole(random, 0, 5)], { role })] : []),
    ...flights,
    step(random, 'commitPlan', [], { role }),
    ...(random.chance(0.3) ? [step(random, 'listFiles', [], { role })] : []),
  ];
};

export const commandLoad: Procedure = ({ random }) => {
  const role = 'planner' as const;
  const count = whole(random, 6, 40);
  const load = Array.from({ length: count }, (_, i) => {
    const delayS = Math.round(3600 + (i / count) * 2.5 * dayS + 300 * random.uniform());
    const extras = { role, gapS: machine(random), delayS };
    const pick = random.uniform();
    if (pick < 0.45) return step(random, 'slewTo', [whole(random, 0, 3600), whole(random, -900, 900)], extras);
    if (pick < 0.65) return step(random, 'setRate', [whole(random, 1, 6)], extras);
    if (pick < 0.8) return step(random, 'arrayAngle', [whole(random, 0, 359)], extras);
    if (pick < 0.9) return step(random, 'ranging', [whole(random, 0, 1)], extras);
    if (pick < 0.96) return step(random, 'startSequence', [whole(random, 0, 20)], extras);
    return step(random, 'attitudeMode', [whole(random, 1, 3)], extras);
  });
  return [
    step(random, 'reportTime', [], { role }),
    ...load,
    step(random, 'oneShot', [21], { role }),
    ...(random.chance(0.4) ? [step(random, 'checkMemory', [whole(random, 0, 65_535), 4096], { role })] : []),
  ];
};

export const desaturation: Procedure = ({ random }) => [
  step(random, 'oneShot', [5]),
  step(random, 'attitudeMode', [4]),
  step(random, 'desaturate', [clampWhole(1800 + 250 * normal(random), 0, 3000)], { gapS: logNormal(random, 120, 0.4) }),
  step(random, 'oneShot', [5], { gapS: logNormal(random, 600, 0.3) }),
  step(random, 'attitudeMode', [1]),
];

export const securityCheck: Procedure = ({ random }) => {
  const role = 'security officer' as const;
  return [
    step(random, 'keyInventory', [], { role }),
    ...Array.from({ length: whole(random, 1, 4) }, (_, i) => step(random, 'verifyKey', [130 + i], { role })),
    step(random, 'dumpLog', [whole(random, 20, 120)], { role }),
  ];
};

export const keyRotation: Procedure = (moment) => {
  const { random } = moment;
  const role = 'security officer' as const;
  const key = 130 + (Math.floor(moment.day / 30) & 63);
  return [
    ...securityCheck(moment),
    step(random, 'verifyKey', [key], { role }),
    step(random, 'activateKey', [key], { role, authorisations: 2, gapS: logNormal(random, 240, 0.4) }),
    step(random, 'keyInventory', [], { role }),
  ];
};

export const patch: Procedure = ({ random }) => {
  const role = 'planner' as const;
  const from = whole(random, 0, 30_000);
  const chunks = whole(random, 20, 120);
  return [
    step(random, 'checkMemory', [from, 4096], { role }),
    ...Array.from({ length: chunks }, (_, i) =>
      step(random, 'loadChunk', [from + i * 200, i === chunks - 1 ? whole(random, 1, 200) : 200], {
        role,
        gapS: machine(random),
      }),
    ),
    step(random, 'checkMemory', [from, 4096], { role }),
    step(random, 'dumpMemory', [from, 900], { role }),
    step(random, 'commitImage', [1], { role: 'flight director', authorisations: 2, gapS: logNormal(random, 900, 0.4) }),
    step(random, 'alive', [], { role: 'flight director' }),
  ];
};

export const burnCampaign: Procedure = ({ random }) => [
  step(random, 'oneShot', [5]),
  step(random, 'attitudeMode', [3]),
  step(random, 'slewTo', [whole(random, 0, 3600), whole(random, -900, 900)]),
  step(random, 'alive', [], { role: 'flight director', gapS: logNormal(random, 900, 0.3) }),
  step(random, 'burn', [whole(random, 20, 200), whole(random, 50, 900)], {
    role: 'flight director',
    authorisations: 2,
  }),
  step(random, 'oneShot', [5], { gapS: logNormal(random, 900, 0.3) }),
  step(random, 'attitudeMode', [1]),
];

/** Nobody planned it: hours of questions, then the way back by hand. */
export const safeModeRecovery: Procedure = (moment) => {
  const { random } = moment;
  return [
    step(random, 'alive'),
    step(random, 'setRate', [0]),
    step(random, 'dumpEvents', [255]),
    ...Array.from({ length: whole(random, 4, 12) }, () => step(random, 'oneShot', [whole(random, 1, 40)])),
    ...Array.from({ length: whole(random, 3, 12) }, () => step(random, 'readParameter', [whole(random, 0, 255)])),
    ...Array.from({ length: whole(random, 1, 4) }, () => step(random, 'loadSwitch', [whole(random, 0, 31), 1])),
    ...Array.from({ length: whole(random, 0, 3) }, () => step(random, 'heater', [whole(random, 0, 15), 1])),
    step(random, 'attitudeMode', [2], { gapS: logNormal(random, 1200, 0.5) }),
    step(random, 'attitudeMode', [1], { gapS: logNormal(random, 1200, 0.5) }),
    step(random, 'setRate', [4]),
  ];
};
