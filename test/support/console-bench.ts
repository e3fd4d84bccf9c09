// A console without a terminal, on the ground and its model spacecraft in virtual time: lines go in, what it prints is
// read back, and the run goes on for as long as a line is at work.
import type { Answer, Desk } from '../../apps/console/desk.ts';
import { followSession } from '../../apps/console/follow-session.ts';
import type { HostPace } from '../../apps/console/host-pace.ts';
import { interpret } from '../../apps/console/interpret.ts';
import { makeDesk } from '../../apps/console/make-desk.ts';
import { runScript } from '../../apps/console/script.ts';
import { uncoloured } from '../../apps/console/style.ts';
import { type GroundBenchOptions, groundBench } from './ground-bench.ts';

/** The run goes no further than this for one line. */
const MOST_SECONDS = 600;

export const consoleBench = (options: GroundBenchOptions = {}, host?: HostPace) => {
  const ground = groundBench(options);
  const { graph, session } = ground;
  const printed: string[] = [];
  let code: number | undefined;
  const desk: Desk = makeDesk({
    session,
    style: uncoloured,
    pacing: undefined,
    host,
    width: () => 79,
    print: (lines) => void printed.push(...lines),
    sight: () => follower.sight,
    quit: (asked) => {
      code = asked;
    },
    clear: () => {},
    ending: () => code !== undefined,
  });
  const follower = followSession(desk, { stages: false });
  /** Lets the run go on until the work is done. */
  const during = async <T>(work: Promise<T>): Promise<T> => {
    let over = false;
    const settled = work.finally(() => {
      over = true;
    });
    const endUs = graph.kernel.now + MOST_SECONDS * 1e6;
    for (let turn = 0; !over && graph.kernel.now < endUs; turn++) {
      await new Promise((resolve) => setImmediate(resolve));
      if (!over && turn > 2) graph.kernel.runFor(20_000);
    }
    if (!over) throw new Error(`still at work after ${MOST_SECONDS} s of the run`);
    return settled;
  };
  return {
    ...ground,
    desk,
    follower,
    printed,
    /** Of `quit`. */
    code: () => code,
    during,
    line: (text: string): Promise<Answer> => during(interpret(desk, text)),
    script: (text: string): Promise<Answer> =>
      during(runScript(desk, 'script', text, (line) => void printed.push(`> ${line}`))),
    /** Until FOP-1 is open, as at the start of every session. */
    ready: (): void => ground.until(() => session.statistics()['uplink.mode'] === 'active'),
  };
};
