// Wires watching to its ports: a ping to all each tick.
import { type Component, component } from '../../kernel/component.ts';
import { Health } from './declaration.ts';
import { beginTest, firstWatching, ping, pong } from './watching.ts';

const MOST_U32 = 0xffff_ffff;

export const health: Component<(typeof Health)['shape']> = component(Health, ({ in: i, cmd, param, run, sinks }) => {
  const watch = run(firstWatching)
    .on(i.tick, ping)
    .on(i.pong, (state, answer) => pong(state, answer, param.missingAfter()))
    .on(cmd.SelfTest, (state, { rounds }) => beginTest(state, rounds));
  return sinks({
    out: { ping: watch.only('ping', ({ round }) => round) },
    cmd: { SelfTest: watch.only('tested', ({ outcome }) => outcome) },
    evr: {
      Late: watch.only('late', ({ who, pings }) => ({ ...who, pings })),
      Missing: watch.only('missing', ({ who, pings }) => ({ ...who, pings })),
      Recovered: watch.only('recovered', ({ who, latencyUs }) => ({ ...who, latency: Math.min(latencyUs, MOST_U32) })),
    },
    tlm: {
      rounds: watch.state((state) => state.rounds),
      answers: watch.state((state) => state.answers),
      late: watch.state((state) => state.debtors.length),
      missing: watch.state((state) => state.debtors.filter(({ pings }) => pings >= param.missingAfter()).length),
      worstLatency: watch.state((state) => Math.min(state.worstLatencyUs, MOST_U32)),
    },
  });
});
