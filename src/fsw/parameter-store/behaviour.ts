// Wires parameter requests to their ports. The values live in the kernel, as state of the components that declare them.
import type { Dictionary } from '../../dictionary/dictionary.ts';
import { type Component, component } from '../../kernel/component.ts';
import { ParameterStore } from './declaration.ts';
import { firstRequests, parameterRequests } from './requests.ts';

export const parameterStore = (dictionary: Dictionary): Component<(typeof ParameterStore)['shape']> => {
  const { get, set, reply } = parameterRequests(dictionary);
  return component(ParameterStore, ({ in: i, cmd, run, sinks }) => {
    const requests = run(firstRequests)
      .on(cmd.ReportParameters, (state, { call, args }) =>
        get(
          state,
          call,
          args.parameters.map(({ id }) => id),
        ),
      )
      .on(cmd.SetParameters, (state, { call, args }) => set(state, call, args.settings))
      .on(i.reply, reply);
    return sinks({
      out: {
        request: requests.only('request', ({ request }) => request),
        report: requests.only('report', ({ message }) => message),
      },
      cmd: {
        ReportParameters: requests.only('get', ({ call, outcome }) => ({ call, outcome })),
        SetParameters: requests.only('set', ({ call, outcome }) => ({ call, outcome })),
      },
      evr: { ParameterSet: requests.only('wasSet', ({ id }) => ({ id })) },
      tlm: {
        reported: requests.state((state) => state.reported),
        set: requests.state((state) => state.set),
        refused: requests.state((state) => state.refused),
        underWay: requests.state((state) => state.underWay.length),
      },
    });
  });
};
