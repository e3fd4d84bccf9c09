import { describe, expect, it } from 'vitest';
import { fixedOctetsOf } from '../../../src/dictionary/fields.ts';
import { Graph } from '../../../src/kernel/graph.ts';
import { inspect } from '../../../src/kernel/inspect.ts';
import { orbiterDictionary } from '../../../src/orbiter/dictionary.ts';
import { aboard } from '../../../src/orbiter/instances.ts';
import { MAXIMUM_DATA_OCTETS, structures } from '../../../src/orbiter/tables.ts';
import { orbiterTopology } from '../../support/orbiter-bench.ts';

const page = orbiterTopology();

describe('the page of the orbiter', () => {
  it('has everyone aboard, at the base and with the declaration of the list', () => {
    const seats = Object.entries(page.instances).map(([name, { base, component }]) => [name, base, component.declared]);
    expect(seats).toEqual(Object.entries(aboard).map(([name, { base, declared }]) => [name, base, declared]));
  });

  it('leaves nothing unwired but the far side of the radio and what nobody asks for', () => {
    const { instances } = inspect(new Graph(page, { seed: 'wires' }));
    const unwired = instances.flatMap(({ name, unwired }) => unwired.map((port) => `${name}.${port}`));
    expect(unwired).toEqual(['radio.toSpace']);
  });

  it('gives every housekeeping structure a report that fits a packet', () => {
    for (const { channels, name } of structures) {
      const fields = Object.fromEntries(channels.map((each) => [each, orbiterDictionary.channels.byName(each)!.field]));
      expect(fixedOctetsOf(fields), name).toBeLessThanOrEqual(MAXIMUM_DATA_OCTETS - 2);
    }
  });

  it('uses each PUS service of the mission once', () => {
    const services = orbiterDictionary.commands.all.flatMap(({ standard }) =>
      standard ? [`${standard.service},${standard.subtype}`] : [],
    );
    expect(services.sort()).toEqual(
      [
        '17,1',
        '17,3',
        '20,1',
        '20,3',
        '3,1',
        '3,27',
        '3,3',
        '3,31',
        '3,5',
        '3,6',
        '3,9',
        '5,5',
        '5,6',
        '5,7',
        '9,1',
      ].sort(),
    );
  });
});
