// Wires event logging to its ports.
import { type Component, component } from '../../kernel/component.ts';
import { EventLog } from './declaration.ts';
import { type EventLogOptions, eventLogging, firstLogging, repeatLog, reportDisabled } from './logging.ts';

export const eventLog = (options: EventLogOptions): Component<(typeof EventLog)['shape']> => {
  const { takeEvent, sweep, setEnabled } = eventLogging(options);
  return component(EventLog, ({ in: i, cmd, now, run, sinks }) => {
    const log = run(firstLogging(options))
      .on(i.event, (state, record) => takeEvent(state, record, now()))
      .on(i.tick, (state) => sweep(state, now()))
      .on(cmd.EnableReports, (state, { events }) =>
        setEnabled(
          state,
          events.map(({ event }) => event),
          true,
        ),
      )
      .on(cmd.DisableReports, (state, { events }) =>
        setEnabled(
          state,
          events.map(({ event }) => event),
          false,
        ),
      )
      .on(cmd.ReportDisabled, reportDisabled)
      .on(cmd.RepeatLog, (state, { count }) => repeatLog(state, count));
    return sinks({
      out: { report: log.only('report', ({ message }) => message) },
      cmd: {
        EnableReports: log.only('enabled', ({ outcome }) => outcome),
        DisableReports: log.only('disabled', ({ outcome }) => outcome),
        ReportDisabled: log.only('listed', () => 'done' as const),
        RepeatLog: log.only('repeated', ({ outcome }) => outcome),
      },
      evr: { Suppressed: log.only('suppressed', ({ event, count }) => ({ event, count })) },
      tlm: {
        info: log.state((state) => state.seen.info),
        low: log.state((state) => state.seen.low),
        medium: log.state((state) => state.seen.medium),
        high: log.state((state) => state.seen.high),
        reported: log.state((state) => state.reported),
        suppressed: log.state((state) => state.suppressed),
        disabled: log.state((state) => state.disabled),
        unknown: log.state((state) => state.unknown),
        logged: log.state((state) => state.log.length),
        lastEvent: log.state((state) => state.lastEvent),
      },
    });
  });
};
