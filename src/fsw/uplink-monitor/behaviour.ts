// Wires the monitor to its ports.
import { type Component, component } from '../../kernel/component.ts';
import { UplinkMonitor } from './declaration.ts';
import type { UplinkModel } from './model.ts';
import { monitorOf } from './monitor.ts';
import { firstMonitoring, monitoring } from './monitoring.ts';
import type { MissionCalendar } from './observed.ts';
import type { UplinkPolicy } from './policy.ts';

export interface UplinkMonitorOptions {
  readonly policy: UplinkPolicy;
  readonly model: UplinkModel;
  readonly calendar: MissionCalendar;
}

export const uplinkMonitor = (options: UplinkMonitorOptions): Component<(typeof UplinkMonitor)['shape']> => {
  const { takeCommand, takeReject, clearCounters } = monitoring(
    monitorOf(options.policy, options.model),
    options.calendar,
  );
  return component(UplinkMonitor, ({ in: i, cmd, run, sinks }) => {
    const watch = run(firstMonitoring())
      .on(i.command, takeCommand)
      .on(i.reject, takeReject)
      .on(cmd.ClearCounters, clearCounters);
    const raw = (at: number) => watch.state((state) => state.monitor.raw[at]!);
    return sinks({
      out: {
        assessed: watch.only('assessed', ({ command, assessment }) => ({ command, assessment })),
        throttle: watch.only('throttle', ({ channel }) => ({ channel })),
      },
      cmd: { ClearCounters: watch.only('cleared', () => 'done' as const) },
      evr: {
        Held: watch.only('held', ({ type: _, ...alarm }) => alarm),
        Locked: watch.only('locked', ({ type: _, ...alarm }) => alarm),
        Throttled: watch.only('throttle', ({ channel }) => ({ channel })),
      },
      tlm: {
        assessed: watch.state((state) => state.assessed),
        held: watch.state((state) => state.held),
        locked: watch.state((state) => state.locked),
        throttled: watch.state((state) => state.throttled),
        score: watch.state((state) => state.score),
        cause: watch.state((state) => state.cause),
        transition: raw(0),
        argument: raw(1),
        drift: raw(2),
        neighbour: raw(3),
        robustZ: raw(4),
        rate: raw(5),
        pace: raw(6),
        timing: raw(7),
        repetition: raw(8),
        timeTag: raw(9),
      },
    });
  });
};
