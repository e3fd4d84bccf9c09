// The tracker with its one timer, set to the earliest deadline after each step.
import { filter, map } from 'rxjs';
import { component } from '../../kernel/component.ts';
import { failures } from './command-record.ts';
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
  const changes = tracker.only('record', (a) => a.record);
  const verdicts = run({ completed: 0, failed: 0, overdue: 0 }).on(changes, (v, { newest: { stage } }) => {
    if (stage === 'completed') return [{ ...v, completed: v.completed + 1 }];
    if (failures.has(stage)) return [{ ...v, failed: v.failed + 1 }];
    return stage === 'overdue' ? [{ ...v, overdue: v.overdue + 1 }] : [v];
  });
  return sinks({
    out: { record: changes },
    evr: {
      Failed: changes.pipe(
        filter(({ newest }) => failures.has(newest.stage)),
        map(({ name, newest: { stage, detail = '' } }) => ({
          command: name,
          stage,
          why: detail === '' ? '' : ` (${detail})`,
        })),
      ),
      Overdue: changes.pipe(
        filter(({ newest }) => newest.stage === 'overdue'),
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
