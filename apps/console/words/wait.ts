// Words of scripts that take time: `wait` lets some of the run pass, `expect` waits for something to come true.
import { interval, type Subscription } from 'rxjs';
import type { Session } from '../../../src/ground/session.ts';
import { type Answer, type Desk, done, refused, type Word } from '../desk.ts';
import { durationUs } from '../duration.ts';
import { readExpectation } from '../expectation.ts';
import { spanText } from '../time-text.ts';

/** How often a condition is looked at, of the run's time. */
const LOOK_EVERY_MS = 10;

/** Settles when the condition holds, or when the time has passed. */
const until = (session: Session, withinUs: number, holds: () => boolean): Promise<boolean> =>
  new Promise((resolve) => {
    const deadlineUs = session.nowUs() + withinUs;
    let looking: Subscription | undefined;
    const look = (): void => {
      const held = holds();
      if (!held && session.nowUs() < deadlineUs) return;
      looking?.unsubscribe();
      resolve(held);
    };
    if (holds() || withinUs === 0) resolve(holds());
    else looking = interval(LOOK_EVERY_MS, session.scheduler).subscribe(look);
  });

export const wait: Word = {
  name: 'wait',
  usage: 'TIME',
  help: 'in scripts: let some time pass: 500ms, 2s, 4m',
  run: async (desk, rest) => {
    const us = durationUs(rest.trim());
    if (us === undefined) return refused(`wait: expected a time such as 500ms, 2s or 4m, got '${rest}'`);
    await until(desk.session, us, () => false);
    return done();
  },
};

const expectation = async (desk: Desk, rest: string): Promise<Answer> => {
  const read = readExpectation(rest);
  if (!read.ok) return refused(read.reason);
  const { holds, not, withinUs, got } = read.value;
  const startUs = desk.session.nowUs();
  const held = await until(desk.session, withinUs, () => holds(desk));
  const span = spanText(desk.session.nowUs() - startUs);
  if (held !== not) return done(`${desk.style.good('ok')}: ${rest} (${span})`);
  return refused(not ? `not expected, and came: ${rest}` : `expected ${rest}, got after ${span}: ${got(desk)}`);
};

export const expect: Word = {
  name: 'expect',
  usage: 'WHAT',
  help: 'in scripts: wait until something is true, or fail',
  more: [
    'expect tm tcReceiver.vc0Vr >= 1 within 5s  the newest value of a channel: = != < <= > >= ~',
    'expect stat uplink.mode = active           a channel of the ground (see link, graph)',
    'expect event tcReceiver.LockedOut          an event of the spacecraft since the last command',
    'expect alert uplink.Alert                  an event of the ground',
    'expect command completed within 10s        or failed, refused, or a stage: radiated, accepted ...',
    'expect directive confirmed                 the answer of FOP-1',
    'expect no event * within 2s                nothing of the kind in all that time',
    'expect refused                             the line before was refused and nothing sent',
  ],
  run: expectation,
};
