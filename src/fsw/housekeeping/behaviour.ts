// Wires housekeeping to its ports. The tick is the minimum interval, 100 ms.
import type { Observable } from 'rxjs';
import { type Component, component } from '../../kernel/component.ts';
import type { Outcome } from '../../kernel/declare.ts';
import { type CommandName, change, collector, firstCollecting, oneShot, reportStructures, tick } from './collecting.ts';
import { Housekeeping } from './declaration.ts';
import { create, firstStructures, remove, type StructureLimits, setEnabled, setIntervals } from './structures.ts';

const sidsOf = ({ structures }: { readonly structures: readonly { readonly sid: number }[] }): readonly number[] =>
  structures.map(({ sid }) => sid);

export const housekeeping = (limits: StructureLimits): Component<(typeof Housekeeping)['shape']> => {
  const collect = collector(limits.dictionary);
  return component(Housekeeping, ({ in: i, cmd, run, sinks }) => {
    const reports = run(firstCollecting(firstStructures(limits.dictionary)))
      .on(i.tick, tick)
      .on(i.samples, collect)
      .on(cmd.Create, (state, { sid, interval, channels }) => {
        const wanted = { sid, intervalTenths: interval, channels: channels.map(({ channel }) => channel) };
        return change(state, 'Create', create(state.structures, wanted, limits));
      })
      .on(cmd.Delete, (state, args) => change(state, 'Delete', remove(state.structures, sidsOf(args))))
      .on(cmd.Enable, (state, args) => change(state, 'Enable', setEnabled(state.structures, sidsOf(args), true)))
      .on(cmd.Disable, (state, args) => change(state, 'Disable', setEnabled(state.structures, sidsOf(args), false)))
      .on(cmd.SetInterval, (state, { settings }) =>
        change(state, 'SetInterval', setIntervals(state.structures, settings)),
      )
      .on(cmd.OneShot, (state, args) => oneShot(state, sidsOf(args)))
      .on(cmd.ReportStructures, (state, args) => reportStructures(state, sidsOf(args)));
    const answer = (name: CommandName): Observable<Outcome> => reports.only(name, ({ outcome }) => outcome);
    return sinks({
      out: {
        sweep: reports.only('sweep', ({ channels }) => channels),
        report: reports.only('report', ({ message }) => message),
      },
      cmd: {
        Create: answer('Create'),
        Delete: answer('Delete'),
        Enable: answer('Enable'),
        Disable: answer('Disable'),
        ReportStructures: answer('ReportStructures'),
        OneShot: answer('OneShot'),
        SetInterval: answer('SetInterval'),
      },
      evr: { Unreportable: reports.only('unreportable', ({ sid, channel }) => ({ sid, channel })) },
      tlm: {
        structures: reports.state((state) => state.structures.length),
        enabled: reports.state((state) => state.structures.filter(({ enabled }) => enabled).length),
        sweeps: reports.state((state) => state.sweeps),
        reports: reports.state((state) => state.reports),
        unreportable: reports.state((state) => state.unreportable),
      },
    });
  });
};
