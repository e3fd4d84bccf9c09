// The tracker with its one timer, set to the earliest deadline after each step.
import { filter, map } from 'rxjs';
import { component } from '../../kernel/component.ts';
import { Verification } from './declaration.ts';
import { emptyTracker, expire, follow, nextDeadlineUs, type Tracker, type TrackSettings, verify } from './track.ts';

const armed = <A>([tracker, ...actions]: readonly [Tracker, ...A[]], nowUs: number) => {
  const dueUs = nextDeadlineUs(tracker);
  const delayUs = dueUs === Infinity ? ('cancel' as const) : Math.max(0, dueUs - nowUs);
  return [tracker, ...actions, { type: 'arm' as const, delayUs }] as const;
};

export const verification = component(Verification, ({ in: i, timer, param, now, run, sinks }) => {
  const settings = (): TrackSettings => ({ lightTimeUs: param.lightTimeUs(), reportWithinUs: param.reportWithinUs() });
  const tracker = run(emptyTracker)
    .on(i.progress, (t, progress) => armed(follow(t, progress, settings()), now()))
    .on(i.report, (t, report) => armed(verify(t, report, settings()), now()))
    .on(timer.deadline, (t) => armed(expire(t, now()), now()));
  const record = tracker.only('record', (a) => a.record);
  const verdicts = run({ completed: 0, failed: 0, overdue: 0 }).on(record, (v, { status, stages }) => {
    const last = stages.at(-1)?.stage;
    if (status === 'completed' && last === 'completed') return [{ ...v, completed: v.completed + 1 }];
    if (status === 'failed') return [{ ...v, failed: v.failed + 1 }];
    return last === 'overdue' ? [{ ...v, overdue: v.overdue + 1 }] : [v];
  });
  return sinks({
    out: { record },
    evr: {
      Failed: record.pipe(
        filter(({ status }) => status === 'failed'),
        map(({ name, stages }) => ({
          command: name,
          stage: stages.at(-1)?.stage ?? '',
          detail: stages.at(-1)?.detail ?? '',
        })),
      ),
      Overdue: record.pipe(
        filter(({ stages }) => stages.at(-1)?.stage === 'overdue'),
        map(({ name }) => ({ command: name })),
      ),
    },
    tlm: {
      open: tracker.state((t) => t.tracked.filter(({ record: { status } }) => status === 'open').length),
      strangers: tracker.state((t) => t.strangers),
      evicted: tracker.state((t) => t.evicted),
      completed: verdicts.state((v) => v.completed),
      failed: verdicts.state((v) => v.failed),
      overdue: verdicts.state((v) => v.overdue),
    },
    timer: { deadline: tracker.only('arm', (a) => a.delayUs) },
  });
});
