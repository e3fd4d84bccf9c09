// Sorts requests to whom they concern, and hands the ground's own events on.
import { component } from '../../kernel/component.ts';
import { Desk, type DeskRequest } from './declaration.ts';

export const desk = component(Desk, ({ in: i, run, sinks }) => {
  const requests = run(0).on(i.request, (count, request: DeskRequest) => [count + 1, request]);
  const alerts = run(0).on(i.event, (count, event) => [count + 1, { type: 'alert', event }]);
  return sinks({
    out: {
      uplink: requests.only('uplink', (a) => a.request),
      loseNext: requests.only('loseNext', (a) => a.count),
      query: requests.only('query', (a) => a.query),
      alert: alerts.only('alert', (a) => a.event),
    },
    tlm: { requests: requests.state((n) => n), alerts: alerts.state((n) => n) },
  });
});
